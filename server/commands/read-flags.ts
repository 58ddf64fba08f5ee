import { type ParseArgsConfig, parseArgs } from 'node:util'
import { CommandFault, say } from './say.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * The arguments of a command, of which none stands without its name. undefined when only help was asked for,
 * which is said; what is not an option is a fault, told with the help.
 */
export function readFlags<const O extends Options>(argv: string[], options: O, help: string) {
  try {
    const all = { ...options, help: { type: 'boolean', default: false } } as const
    const { values } = parseArgs({ args: argv, options: all })
    if (!(values as { help?: boolean }).help) return values
  } catch (error) {
    throw new CommandFault(`${(error as Error).message}\n\n${help}`)
  }
  say(help)
  return undefined
}
