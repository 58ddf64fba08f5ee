import { CommandFault } from './commands/say.ts'
import { type Config, readConfig } from './config.ts'
import { VaultFault } from './lib/vault.ts'

type Command = (config: Config, argv: string[]) => Promise<void>

/** Loaded when asked for: `serve` brings the whole server, `dbshell` does not need it. */
const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  createsuperuser: async () => (await import('./commands/createsuperuser.ts')).createSuperuser,
  createkey: async () => (await import('./commands/createkey.ts')).createKey,
  erase: async () => (await import('./commands/erase.ts')).erase,
  import: async () => (await import('./commands/import.ts')).importCommand,
  'rotate-keys': async () => (await import('./commands/rotate-keys.ts')).rotate,
  'audit-verify': async () => (await import('./commands/audit-verify.ts')).auditVerify,
  streets: async () => (await import('./commands/streets.ts')).streets,
  seed: async () => (await import('./commands/seed.ts')).seed,
  dbshell: async () => (await import('./commands/dbshell.ts')).dbshell,
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** The only reader of the environment and of the arguments. Exit code 2: a fault a person must mend first. */
async function main(): Promise<void> {
  const [name = 'serve', ...argv] = process.argv.slice(2)
  const command = commands[name]
  if (!command) {
    complain(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`)
    process.exit(2)
  }
  const { config, faults } = readConfig(process.env)
  if (!config) {
    complain('The environment is not right; nothing was started.')
    for (const { variable, problem } of faults) complain(`  ${variable} ${problem}`)
    process.exit(2)
  }
  try {
    await (await command())(config, argv)
  } catch (error) {
    const known =
      error instanceof CommandFault ||
      error instanceof VaultFault ||
      (error as Error).name === 'EmbeddedPostgresError'
    complain(known ? (error as Error).message : String((error as Error).stack ?? error))
    process.exit(1)
  }
}

await main()
