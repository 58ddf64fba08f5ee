import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { addPerson } from './add-person.ts'
import { addProfile } from './add-profile.ts'
import { changePerson } from './change-person.ts'
import { changeProfile } from './change-profile.ts'
import * as reads from './reads.ts'
import { replacePassword } from './replace-password.ts'

type PersonIds = 'listPeople' | 'addPerson' | 'readPerson' | 'patchPerson' | 'replacePassword'
type ParamedicIds = 'listParamedics' | 'addParamedic' | 'readParamedic' | 'patchParamedic'
type DispatcherIds = 'listDispatchers' | 'addDispatcher' | 'readDispatcher' | 'patchDispatcher'

const noPerson = refuse('not_found', { detail: 'There is no person with this id.' })
const noProfile = {
  paramedic: refuse('not_found', { detail: 'There is no paramedic with this id.' }),
  dispatcher: refuse('not_found', { detail: 'There is no dispatcher with this id.' }),
} as const

/** A command's answer as a reply: the row it gives, or its refusal. */
function answer<S extends 200 | 201, T extends object>(status: S, given: T | Refusal, missing: Refusal) {
  if (!isRefusal(given)) return { status, body: given }
  return given.refused === 'not_found' ? missing : given
}

function accountRoutes(ctx: Context): SomeHandlers<PersonIds> {
  return {
    listPeople: async ({ query }, { request }) => {
      const page = await reads.readPeople(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    addPerson: async ({ body }, { caller: { actor } }) =>
      answer(201, await addPerson(ctx, actor, body), noPerson),
    readPerson: async ({ params: { id } }) =>
      answer(200, (await reads.findPerson(ctx.db.pool, id)) ?? noPerson, noPerson),
    patchPerson: async ({ params: { id }, body }, { caller: { actor } }) =>
      answer(200, await changePerson(ctx, actor, id, body), noPerson),
    replacePassword: async ({ params: { id }, body }, { caller: { actor } }) => {
      const refusal = await replacePassword(ctx, actor, id, body.password)
      if (!refusal) return { status: 204, body: undefined }
      return refusal.refused === 'not_found' ? noPerson : refusal
    },
  }
}

function paramedicRoutes(ctx: Context): SomeHandlers<ParamedicIds> {
  const none = noProfile.paramedic
  return {
    listParamedics: async ({ query }, { caller: { role }, request }) => {
      const page = await reads.readParamedics(ctx.db, query, { role, now: ctx.now() })
      return replyPage(page, ctx.config, request)
    },
    addParamedic: async ({ body }, { caller: { actor } }) =>
      answer(201, await addProfile(ctx, actor, 'paramedic', body), none),
    readParamedic: async ({ params: { id } }, { caller: { role } }) => {
      const found = await reads.readProfile(ctx.db, 'paramedic', id, { role, now: ctx.now() })
      return found ? { status: 200, body: found } : none
    },
    patchParamedic: async ({ params: { id }, body }, { caller: { actor } }) =>
      answer(200, await changeProfile(ctx, actor, 'paramedic', { id, body }), none),
  }
}

function dispatcherRoutes(ctx: Context): SomeHandlers<DispatcherIds> {
  const none = noProfile.dispatcher
  return {
    listDispatchers: async ({ query }, { caller: { role }, request }) => {
      const page = await reads.readDispatchers(ctx.db, query, { role, now: ctx.now() })
      return replyPage(page, ctx.config, request)
    },
    addDispatcher: async ({ body }, { caller: { actor } }) =>
      answer(201, await addProfile(ctx, actor, 'dispatcher', body), none),
    readDispatcher: async ({ params: { id } }, { caller: { role } }) => {
      const found = await reads.readProfile(ctx.db, 'dispatcher', id, { role, now: ctx.now() })
      return found ? { status: 200, body: found } : none
    },
    patchDispatcher: async ({ params: { id }, body }, { caller: { actor } }) =>
      answer(200, await changeProfile(ctx, actor, 'dispatcher', { id, body }), none),
  }
}

/** People who may sign in, and the profiles of those who drive and those who send them. */
export function peopleRoutes(ctx: Context): SomeHandlers<PersonIds | ParamedicIds | DispatcherIds> {
  return { ...accountRoutes(ctx), ...paramedicRoutes(ctx), ...dispatcherRoutes(ctx) }
}
