import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'

const kinds: Readonly<Record<FoundAddress['kind'], string>> = {
  address: 'Address',
  block: 'Block',
  intersection: 'Corner',
  street: 'Street',
  place: 'Place',
  position: 'Position',
}
const sources: Readonly<Record<FoundAddress['source'], string>> = {
  gazetteer: 'gazetteer',
  photon: 'Photon',
  nominatim: 'Nominatim',
  pelias: 'Pelias',
  coordinates: 'as typed',
}

/** Such as ±20 m, and ±1.2 km from a kilometre on. */
export function accuracy({ accuracy_m }: Pick<FoundAddress, 'accuracy_m'>): string {
  return accuracy_m < 1_000 ? `±${accuracy_m} m` : `±${(accuracy_m / 1_000).toFixed(1)} km`
}

/** What an address is and how far to trust it: Corner, ±15 m, 95 % sure, gazetteer. */
export function aboutAddress(found: FoundAddress): string {
  const sure = found.kind === 'position' ? '' : `, ${Math.round(found.confidence * 100)} % sure`
  return `${kinds[found.kind]}, ${accuracy(found)}${sure}, ${sources[found.source]}`
}
