/** What is said in seeded calls, by turns; the AI asks, the caller answers. */
export const phrases: readonly (readonly [ask: string, answer: string])[] = [
  ['What is the exact address of the emergency?', 'It is the house with the blue door'],
  ['Tell me exactly what happened', 'My father fell on the stairs and his leg is turned'],
  ['Is he awake and talking?', 'Yes, he is talking but he is very pale'],
  ['Is she breathing normally?', 'She is breathing fast and her lips are blue'],
  ['How old is the patient?', 'About seventy, he has a heart condition'],
  ['Is there any bleeding?', 'A little, on the knee and on the hand'],
  ['Help is on the way, stay on the line', 'Please hurry, he is sweating and has chest pain'],
  ['Can you see any smoke or flames?', 'There is smoke behind the garage'],
  ['Is everybody out of the house?', 'The neighbours are still on the second floor'],
  ['Did you see what happened?', 'Two cars collided and one driver is trapped'],
  ['Is the door open for the crew?', 'The gate is locked, the code is four four one seven'],
  ['Has this happened before?', 'Last winter, with the same dizziness'],
  ['Is he able to move his arms?', 'His left arm is weak and his speech is slurred'],
  ['Did she take any medicine?', 'Some tablets, the box says insulin'],
  ['Is anybody armed?', 'No, they have gone towards the station'],
  ['What is your name?', 'I am the porter of the building'],
]

/** Words that only a few seeded calls have, so that a search for something rare can be measured. */
export const rarePhrase = 'a purple elephant on the roof'
