import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnSessions } from '@toneout/contract/model/person.ts'
import { ask, reason } from '../access/ask.ts'
import { useSignOutEverywhere } from '../access/session.ts'
import { Confirm } from '../ui/confirm.tsx'
import { stamp } from '../ui/format.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'

export const sessionsKey = ['sessions'] as const

/** Browsers in which this person is signed in. */
export function Sessions() {
  const list = useQuery({
    queryKey: sessionsKey,
    queryFn: async ({ signal }) => (await ask('listOwnSessions', {}, signal)).results,
    refetchOnWindowFocus: 'always',
  })
  const leave = useSignOutEverywhere()
  const count = list.data?.length
  return (
    <section className="box" aria-labelledby="sessions-title">
      <header className="box-head">
        <h2 id="sessions-title">Signed-in browsers</h2>
        <span className="count">{count}</span>
      </header>
      {list.isError && <Failed what="Signed-in browsers" read={list} />}
      {list.isPending && <Skeleton rows={2} what="signed-in browsers" />}
      {list.data && (
        <ul className="sessions">
          {list.data.map((session) => (
            <Session key={session.id} session={session} />
          ))}
        </ul>
      )}
      <Confirm
        ask="Sign out everywhere"
        act="Sign out everywhere now"
        busy={leave.isPending}
        onAct={() => leave.mutate()}
        fault={leave.error && `Not signed out. ${reason(leave.error)}`}
      >
        {count === 1 ? 'This browser' : `All ${count ?? 'your'} browsers, this one too,`} and all tokens are
        signed out at once.
      </Confirm>
    </section>
  )
}

function Session({ session }: { session: OwnSessions['results'][number] }) {
  const queries = useQueryClient()
  const end = useMutation({
    mutationFn: () => ask('endOwnSession', { params: { id: String(session.id) } }),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  })
  const now = Date.now()
  const began = stamp(session.created_at, now)
  const seen = session.last_seen_at && stamp(session.last_seen_at, now)
  return (
    <li>
      <div>
        <b>{session.current ? 'This browser' : `Signed in ${began}`}</b>
        <p className="quiet">
          {session.current && `Signed in ${began}. `}
          {!session.current && (seen ? `Last seen ${seen}. ` : 'Not seen since. ')}
          Ends {stamp(session.expires_at, now)}.
        </p>
        <div role="alert" className="form-fault">
          {end.error && `Not signed out. ${reason(end.error)}`}
        </div>
      </div>
      {!session.current && (
        <button
          type="button"
          className="button"
          aria-disabled={end.isPending}
          onClick={() => end.isPending || end.mutate()}
        >
          Sign out<span className="unseen"> the browser of {began}</span>
        </button>
      )}
    </li>
  )
}
