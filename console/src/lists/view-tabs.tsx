import type { SavedView } from '@toneout/contract/model/call-list.ts'
import { type FormEvent, useState } from 'react'
import { reason } from '../access/ask.ts'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { CloseIcon } from '../ui/icons.tsx'
import { stepToView, viewOf } from './list-query.ts'
import { Menu } from './menu.tsx'
import { useRemoveView, useSaveView, useViewCounts, useViews } from './use-views.ts'

const ready = [
  { name: 'All calls', query: '' },
  { name: 'Open', query: 'open=true' },
  { name: 'Needs review', query: 'review=NEEDED' },
  { name: 'Over target', query: 'over_target=true' },
  { name: 'AI handed over', query: 'answered_by=AI_THEN_HUMAN' },
]

/** Views of the list that everybody has, and those that were saved. */
export function ViewTabs() {
  const words = useQueryWords()
  const now = viewOf(words)
  const { data } = useViews()
  const saved = data?.results ?? []
  const counts = useViewCounts(
    [...ready, ...saved].map((view) => view.query),
    Date.now(),
  )
  return (
    <nav className="view-tabs" aria-label="Views">
      {ready.map((view) => (
        <Tab key={view.name} {...view} count={counts.get(view.query)} isHere={now === view.query} />
      ))}
      {saved.map((view) => (
        <Tab
          key={view.id}
          name={view.name}
          query={view.query}
          count={counts.get(view.query)}
          isHere={now === view.query}
          saved={view}
        />
      ))}
      <Menu name="Save view">
        <SaveForm query={now} />
      </Menu>
    </nav>
  )
}

type TabProps = {
  name: string
  query: string
  count: string | undefined
  isHere: boolean
  saved?: SavedView
}

function Tab({ name, query, count, isHere, saved }: TabProps) {
  const remove = useRemoveView()
  const title = saved && !saved.own ? `Shared by ${saved.owner}` : undefined
  return (
    <span className="view-tab">
      <button
        type="button"
        aria-pressed={isHere}
        title={title}
        onClick={() => changeQuery(stepToView(query))}
      >
        {name}
      </button>
      {count !== undefined && <span className="count">{count}</span>}
      {saved?.own && isHere && (
        <button
          type="button"
          className="icon-button"
          aria-label={`Remove the view ${name}`}
          onClick={() => remove.mutate(saved.id)}
        >
          <CloseIcon />
        </button>
      )}
    </span>
  )
}

function SaveForm({ query }: { query: string }) {
  const save = useSaveView()
  const [done, setDone] = useState('')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const name = String(given.get('name')).trim()
    if (name === '') return
    save.mutate(
      { name, query, shared: given.get('shared') === 'on' },
      {
        onSuccess: () => {
          setDone(`Saved as ${name}.`)
          form.reset()
        },
      },
    )
  }
  return (
    <form className="view-form" aria-label="Save this view" onSubmit={submit}>
      <label>
        Name of the view
        <input name="name" maxLength={40} autoComplete="off" required />
      </label>
      <label className="check">
        <input type="checkbox" name="shared" /> For everybody
      </label>
      <button type="submit" className="button" aria-disabled={save.isPending}>
        Save
      </button>
      <span role="status">{done}</span>
      <div role="alert">{save.isError && <p className="form-fault">Not saved. {reason(save.error)}</p>}</div>
    </form>
  )
}
