/** Words of street names. The old quarters have those of their trades, the others take from the rest. */
export const ofQuarters: Readonly<Record<string, readonly string[]>> = {
  'Old Harbor': words(
    'Quay Chandler Ropewalk Customs Anchor Herring Bellman Tidegate Cooper Ballast Wharf Pilot Lantern',
    'Binnacle',
  ),
  'Cannery Point': words(
    'Cannery Trawler Icehouse Capstan Mizzen Halyard Keel Netmaker Gaff Spinnaker Bowsprit Saltfish Tiller',
  ),
  Millrace: words('Weir Mill Sluice Carding Spindle Weaver Bobbin Loom Fuller Shuttle Dyer Teasel Millpond'),
  Eastbank: words(
    'Alder Hazel Larch Rowan Sycamore Hornbeam Linden Aspen Poplar Juniper Hawthorn Blackthorn',
  ),
  'University Hill': words(
    'College Observatory Provost Quill Ledger Folio Margin Laurel Rector Bursar Vellum Scholar Lectern',
  ),
  'Gannet Heights': words(
    'Summit Lookout Fulmar Windrose Petrel Beacon Skua Cormorant Kittiwake Guillemot Tern Shearwater',
  ),
  Saltmarsh: words(
    'Kestrel Sedge Plover Marsh Curlew Reed Osprey Heron Bittern Lapwing Sandpiper Avocet Bulrush',
  ),
  'Foundry Green': words(
    'Collier Foundry Slag Tinder Copper Ingot Anvil Bellows Crucible Pewter Tinsmith Hammer',
  ),
  Northfield: words(
    'Orchard Barley Clover Meadow Haywain Sickle Furrow Harrow Threshing Granary Stackyard Linseed',
  ),
}

const fronts = words(
  'Ash Birk Bram Cald Dun Eld Fen Gar Hal Har Holm Kel Lang Mar Nor Oster Pen Ran Sel Stan Thorn Ulf Wen',
  'Whit Win Wyn Brack Crow Dray Elm Frost Gild Hol Ing Jarrow Kirk Lark Moss Nether Oak Pike Quern Rush',
)
const ends = words(
  'ford wick ley ton mere holt gate shaw croft dale worth by stead combe hurst brook well field moor ridge',
)

/** All words for streets of no trade, in a fixed order. */
export const plainWords: readonly string[] = fronts
  .flatMap((front) => ends.map((end) => `${front}${end}`))
  .filter((word) => !/(.)\1\1/.test(word))

/** What leads out of the city, or across it. */
export const radialNames = [
  ...[
    'Northfield Road',
    'Meridian Avenue',
    'Custom House Street',
    'Embassy Row',
    'Chapel Road',
    'Market Street',
  ],
  ...['Quarry Road', 'University Avenue', 'Tannery Road', 'Lighthouse Road', 'Old Mill Road', 'Foundry Road'],
  ...[
    'Observatory Avenue',
    'Saltpan Road',
    'Weirside Avenue',
    'Halvard Avenue',
    'Exchange Street',
    'Depot Road',
  ],
  ...['Fulmar Avenue', 'Harrow Road', 'Alderholt Road', 'Barley Cross Road', 'Skua Road', 'Windrose Road'],
  ...[
    'Gannet Head Road',
    'Meadowgate Road',
    'Parliament Street',
    'Nursery Road',
    'Waterworks Road',
    'Fair Road',
  ],
] as const

export const ringNames = ['Harbor Boulevard', 'Grand Boulevard', 'Ring Road'] as const
export const bridgeNames = [
  ...[
    'Customs Bridge',
    'Chandler Bridge',
    'Weir Bridge',
    'Old Ford Bridge',
    'Lantern Bridge',
    'Ring Road Bridge',
  ],
  ...['Alder Bridge', 'Millrace Bridge', 'Quarry Bridge', 'Heron Bridge', 'Fuller Bridge', 'Ropewalk Bridge'],
] as const

function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '))
}
