/** What is wrong with roads that somebody gave, in a sentence for them. */
export class RoadFault extends Error {}
