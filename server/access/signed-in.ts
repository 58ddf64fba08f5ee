import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { PersonRole } from '@toneout/contract/roles.ts'
import type { Context } from '../context.ts'
import type { Caller } from '../lib/http/mount.ts'
import { remember } from '../lib/remember.ts'
import { mustEnrol } from '../sign-in/rules.ts'
import { isIdle } from './rules.ts'
import { findPerson, type KnownPerson } from './store.ts'
import { findSession, noteSession, type Session } from './store-sessions.ts'
import type { Tokens } from './tokens.ts'

/** Answered from memory, as keys are. */
const kept = { limit: 10_000, ttlMs: 30_000, now: () => Date.now() }

/** As often as the time of a session's last use is written down. */
const notedEveryMs = 60_000

/** Knows people by their tokens and sessions. */
export function createSignedIn(ctx: Context, tokens: Tokens) {
  const wrong = refuse('not_authenticated')
  const needed = refuse('second_factor_needed')
  const people = remember((id: number) => findPerson(ctx.db, id), kept)
  const sessions = remember((hash: string) => findSession(ctx.db, hash), kept)

  /** The person, when a credential of that generation is still good. */
  async function find(id: number, generation: number): Promise<KnownPerson | undefined> {
    let person = await people.get(id)
    // The credential is newer than what is remembered: the notification of the change is still on its way.
    if (person && person.generation < generation) {
      people.forget()
      person = await people.get(id)
    }
    return person?.active && person.generation === generation ? person : undefined
  }

  function callerOf(person: KnownPerson, via: 'token' | 'session'): Caller {
    const { id, username: name, role, full_name, enrolled, factor_from: from } = person
    const required = ctx.settings.current().second_factor_required
    const isHeld = mustEnrol({ role, enrolled, from }, required, ctx.now().getTime())
    const actor = { kind: 'person', id, name } as const
    return { actor, role, via, displayName: full_name || undefined, held: isHeld ? needed : undefined }
  }

  /** Nobody waits for it; what is remembered is ahead of the table meanwhile. */
  function note(hash: string, session: Session, now: Date): void {
    if (now.getTime() - Date.parse(session.last_seen_at ?? session.created_at) < notedEveryMs) return
    session.last_seen_at = now.toISOString()
    noteSession(ctx.db, hash, session.last_seen_at).catch((error: { code?: string }) => {
      ctx.log.warn({ code: error.code }, 'the use of a session could not be noted')
    })
  }

  const idleAt = (session: Session, role: PersonRole, now: Date) =>
    isIdle({ ...session, role }, ctx.settings.current().admin_idle_minutes, now.getTime())

  return {
    async byToken(value: string): Promise<Caller | Refusal> {
      const token = await tokens.verify('access', value)
      const person = token && (await find(token.person, token.generation))
      return person ? callerOf(person, 'token') : wrong
    },
    /** `isAttended`: whether somebody may be there, so that the session does not end for want of anybody. */
    async bySession(hash: string, isAttended: boolean): Promise<Caller | Refusal> {
      const now = ctx.now()
      const session = await sessions.get(hash)
      if (!session || session.expires_at <= now.toISOString()) return wrong
      const person = await find(session.person_id, session.generation)
      if (!person || idleAt(session, person.role, now)) return wrong
      if (isAttended) note(hash, session, now)
      return callerOf(person, 'session')
    },
    forget() {
      people.forget()
      sessions.forget()
    },
  }
}
