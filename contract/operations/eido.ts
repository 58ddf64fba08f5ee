import { z } from 'zod'
import { requiredId } from '../model/dispatch.ts'
import { eido } from '../model/eido.ts'
import { operation } from '../operation.ts'
import { boardReaders } from '../roles.ts'

export const readEido = operation({
  method: 'GET',
  path: '/api/incidents/{id}/eido/',
  group: 'Incidents',
  summary: 'Read an incident as an Emergency Incident Data Object (NENA-STA-021.1)',
  description: 'Names are those of the standard. It holds no number and no words of callers; docs/eido.md.',
  who: boardReaders,
  params: z.object({ id: requiredId() }),
  replies: { 200: eido },
  refusals: ['invalid', 'not_authenticated', 'forbidden', 'not_found'],
})
