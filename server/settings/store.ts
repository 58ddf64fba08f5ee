import type { SettingName } from '@toneout/contract/model/settings.ts'
import type { Connection, Database } from '../lib/db.ts'

export type StoredSetting = {
  name: SettingName
  value: unknown
  updated_at: string
  updated_by: string | null
}

/** What has been set, at most as many rows as there are settings; who set it by the name of now. */
export async function readStored(from: Connection | Database['pool']): Promise<StoredSetting[]> {
  const text = `SELECT s.name, s.value, s.updated_at, p.username AS updated_by
    FROM settings s LEFT JOIN people p ON p.id = s.updated_by ORDER BY s.name`
  return (await from.query<StoredSetting>(text)).rows
}

/** Changes of settings one after the other: each begins at what the one before it left. */
export async function lockSettings(connection: Connection): Promise<void> {
  await connection.query('LOCK TABLE settings IN SHARE ROW EXCLUSIVE MODE')
}

type Setting = { name: SettingName; value: unknown }

export async function writeSetting(
  connection: Connection,
  { name, value }: Setting,
  at: string,
  by: number | null,
) {
  await connection.query(
    `INSERT INTO settings (name, value, updated_at, updated_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET value = $2, updated_at = $3, updated_by = $4`,
    [name, JSON.stringify(value), at, by],
  )
}

/** Wakes every process to read them anew, when the transaction commits. */
export async function tellChange(connection: Connection): Promise<void> {
  await connection.query("SELECT pg_notify('settings', '')")
}
