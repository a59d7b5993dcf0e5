/** Why an object is left as it is: what stands in the way, and what to decide. The message is for the user. */
export class Undecided extends Error {}
