/** The files that take longest, the longest first: begun early, none of them runs on alone in the end. */
export const longest = [
  'server/test/dispatch-campaign.test.ts',
  'console/test/live-page.browser.test.ts',
  'server/test/durability.test.ts',
  'simulator/demo.test.ts',
  'server/keys/createkey.test.ts',
  'console/test/desk-crews.browser.test.ts',
  'console/test/desk-states.browser.test.ts',
  'console/test/boards.browser.test.ts',
  'server/telephony/away.test.ts',
  'console/test/account.browser.test.ts',
  'server/test/authorisation.test.ts',
  'console/test/second-factor.browser.test.ts',
  'server/test/bad-input.test.ts',
  'server/test/app-role.test.ts',
]
