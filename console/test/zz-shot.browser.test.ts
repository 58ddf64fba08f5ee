import { after, before, it } from 'node:test'
import { ok, openStaffedDesk, type StaffedDesk } from './centre.ts'

let desk: StaffedDesk
before(async () => {
  desk = await openStaffedDesk()
})
after(() => desk?.close())

it('shots', async () => {
  const chief = desk.ask
  const run = (sql: string, v: unknown[] = []) => desk.server.ctx.db.pool.query(sql, v)
  const spots: [string, string, number, number][] = [
    ['M03', 'ADVANCED', 1, 5],
    ['M07', 'ADVANCED', 2, 5],
    ['M11', 'ADVANCED', 4, 70],
    ['B21', 'BASIC', 1, 10],
    ['B24', 'BASIC', 3, 20],
    ['B26', 'BASIC', 5, 9],
    ['M01', 'ADVANCED', 6, 9],
    ['M09', 'ADVANCED', 7, 9],
    ['B23', 'BASIC', 8, 9],
    ['M04', 'ADVANCED', 9, 9],
    ['M12', 'ADVANCED', 2, 4],
  ]
  for (const [n, t, s, ago] of spots) await desk.addUnit(n, t, s, ago)
  await run(
    "INSERT INTO stations (name, latitude, longitude, updated_at) VALUES ('Port Avelin North', 37.77, -122.41, now()), ('Port Avelin Quay', 37.76, -122.40, now())",
  )
  await run('UPDATE units SET station_id = (SELECT min(id) FROM stations) + id % 2')

  const said = async (sid: string, lines: [string, string][]) => {
    for (const [speaker, message] of lines) await desk.say(sid, { speaker, message, confidence: 0.95 })
  }
  const rows: [string, string, string, string[], string?][] = [
    ['Westgate Mall, entrance 2', 'STROKE', 'HIGH', ['M09'], 'en-route'],
    ['77 Canal St', 'CARDIAC', 'CRITICAL', ['M01', 'B1'], 'on-scene'],
    ['Eastfield School', 'RESPIRATORY', 'HIGH', ['M07'], 'en-route'],
    ['12 Alder Row', 'MEDICAL', 'MEDIUM', ['B2'], 'acknowledge'],
    ['5 Foundry Yard', 'TRAUMA', 'HIGH', ['M04'], 'on-scene'],
    ['Mill Road Clinic, room 4', 'RESPIRATORY', 'HIGH', []],
    ['9 Orchard Ave', 'TRAUMA', 'MEDIUM', []],
  ]
  for (const [place, type, level, units, step] of rows) {
    const { id, sid } = await desk.raise(place, {
      emergency_type: type,
      priority_level: level,
      latitude: 37.77 + Math.random() / 30,
      longitude: -122.4 + Math.random() / 30,
    })
    await said(sid, [
      ['SYSTEM', 'Emergency services, where are you?'],
      ['CALLER', `At ${place}, please hurry.`],
    ])
    if (units.length > 0) {
      await desk.post('PATCH', `/api/calls/${sid}/`, { status: 'COMPLETED' })
      const reply = await ok(
        desk.ask('POST', `/api/incidents/${id}/assignments/`, {
          order_id: `o${id}`,
          unit_ids: units.map((u) => desk.units.get(u)),
        }),
      )
      for (const one of reply.assignments)
        if (step) await ok(desk.ask('POST', `/api/assignments/${one.id}/${step}/`))
    }
  }
  const { sid, id } = await desk.raise('214 Harbour St, flat 3B', {
    emergency_type: 'CARDIAC',
    priority_level: 'CRITICAL',
  })
  await said(sid, [
    ['SYSTEM', '214 Harbour Street, flat 3B, Old Port. Tell me exactly what happened.'],
    ['CALLER', 'My dad, he is sixty-two, he just fell down. He is not answering me.'],
    ['SYSTEM', 'Is he breathing normally? Look at his chest.'],
    ['CALLER', 'No, he makes a snoring sound, then nothing.'],
    [
      'SYSTEM',
      'An ambulance is being sent now. I will tell you how to do CPR. Put him flat on his back, on the floor.',
    ],
    ['CALLER', 'Okay, he is on the floor. The door code is forty-four seventeen.'],
    [
      'SYSTEM',
      'Good. Kneel beside him. Push hard and fast in the centre of the chest. Count out loud with me.',
    ],
    ['CALLER', 'Okay, I am pushing. One, two, three, four.'],
  ])
  await desk.say(sid, { speaker: 'SYSTEM', message: 'two, three, four. Keep going, do not', is_final: false })
  await ok(
    desk.post('POST', `/api/calls/${sid}/findings/`, {
      findings: [
        {
          field: 'access',
          value: 'Door code 4417, 3rd floor, no lift',
          confidence: 0.93,
          quote: 'The door code is forty-four seventeen',
          sequence: 5,
        },
        { field: 'patient', value: 'Male, about 62', confidence: 0.9, quote: 'he is sixty-two', sequence: 1 },
        { field: 'conscious', value: 'No', confidence: 0.97, quote: 'He is not answering me', sequence: 1 },
        {
          field: 'breathing',
          value: 'Not normally, gasping',
          confidence: 0.88,
          quote: 'he makes a snoring sound, then nothing',
          sequence: 3,
        },
        { field: 'cpr', value: 'Started, AI coaching', confidence: 0.95, quote: 'I am pushing', sequence: 7 },
        { field: 'history', value: 'Heart stent 2021', confidence: 0.6, quote: 'a stent, few years ago' },
      ],
    }),
  )
  const wants = await desk.openCall({ location: 'Eastfield', latitude: 37.78, longitude: -122.41 })
  await said(wants, [['CALLER', 'I want to talk to a person.']])
  await desk.post('PATCH', `/api/calls/${wants}/`, { status: 'ESCALATED' })
  await ok(chief('POST', `/api/incidents/${id}/notes/`, { text: 'Daughter waits at the gate' }))
  for (const [w, h, theme] of [
    [1600, 900, 'dark'],
    [1366, 768, 'dark'],
    [1440, 900, 'light'],
    [1920, 1080, 'dark'],
  ] as const) {
    const page = await desk.newPage(theme)
    await page.setViewportSize({ width: w, height: h })
    await desk.signIn(page, `/?incident=${id}`, desk.ann)
    await page.getByRole('heading', { name: /^Recommended: / }).waitFor()
    await page.waitForTimeout(1500)
    await page.screenshot({ path: `/tmp/j1/shot-${w}-${theme}.png` })
    if (w === 1600) {
      await page.keyboard.type('D M')
      await page.waitForTimeout(300)
      await page.screenshot({ path: `/tmp/j1/shot-line.png` })
      await page.keyboard.press('Escape')
      await page.keyboard.press('F1')
      await page.waitForTimeout(600)
      await page.screenshot({ path: `/tmp/j1/shot-help.png` })
    }
    await page.context().close()
  }
  console.log(JSON.stringify(desk.complaints))
})
