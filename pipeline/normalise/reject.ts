/** Why one feature cannot be kept. It is counted and listed with this reason; the build goes on. */
export class Reject extends Error {}
