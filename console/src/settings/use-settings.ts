import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Language } from '@toneout/contract/model/contact.ts'
import type { Notice, PersonChannel } from '@toneout/contract/model/message.ts'
import type { SettingName, SettingsChange, ShownSettings } from '@toneout/contract/model/settings.ts'
import { ask } from '../access/ask.ts'
import { useRows } from '../frame/use-rows.ts'
import { described } from './described.ts'

const key = ['settings']

/** One setting as the list has it; `changed` is null while it was never set. */
export type SettingRow = {
  id: number
  name: SettingName
  settings: ShownSettings
  changed: ShownSettings['changed'][number] | null
}

const names = Object.keys(described) as SettingName[]

export function useSettings() {
  const load = async (_: string | undefined, signal: AbortSignal) => {
    const settings = await ask('readSettings', {}, signal)
    const results = names.map((name, at): SettingRow => {
      const changed = settings.changed.find((one) => one.name === name) ?? null
      return { id: at + 1, name, settings, changed }
    })
    return { count: results.length, count_exact: true, next: null, results }
  }
  return useRows([...key, 'list'], load)
}

export function useSave() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: SettingsChange) => ask('changeSettings', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
}
export type Save = ReturnType<typeof useSave>

/** The last changes of one setting, newest first; older ones are in the history. */
export function useSettingHistory(name: SettingName) {
  return useQuery({
    queryKey: [...key, 'history', name],
    queryFn: async ({ signal }) => {
      const query = { type: 'setting_changed', page_size: 100 } as const
      const { results } = await ask('listAudit', { query }, signal)
      return results.filter(({ data }) => data.name === name).slice(0, 5)
    },
  })
}

type Given = { event: Notice; channel: PersonChannel; language: Language; title?: string; text?: string }

export function usePreview(given: Given) {
  return useQuery({
    queryKey: ['preview', given],
    queryFn: ({ signal }) => ask('previewMessage', { query: given }, signal),
  })
}
