/** Too much is waiting to be worked on already. */
export class TooBusy extends Error {}
