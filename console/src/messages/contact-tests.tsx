import { ListPage } from '../frame/list-page.tsx'
import { ContactTestTable } from './channel-tables.tsx'
import type { Frame } from './channels-page.tsx'
import { ContactTestSide } from './contact-test-side.tsx'
import { NewContactTest } from './new-contact-test.tsx'
import { useContactTests } from './use-channels.ts'

/** Tests of who is reached, with a report of each. */
export function ContactTests(frame: Frame) {
  const { read, rows } = useContactTests()
  const none = 'Contacts were never tested. A test tells who would not hear of a dispatch.'
  return (
    <ListPage
      {...frame}
      word="test"
      add="Test contacts"
      read={read}
      count={rows.length}
      empty={{ all: none, search: none }}
      table={(chosen) => <ContactTestTable rows={rows} chosen={chosen} />}
      side={(id, close) => {
        const test = rows.find((row) => row.id === id)
        return test && <ContactTestSide key={id} test={test} onClose={close} />
      }}
      fresh={(close) => <NewContactTest onClose={close} />}
    />
  )
}
