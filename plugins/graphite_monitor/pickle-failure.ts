/** A pickle that is none, or that holds what no list of metrics needs. The message goes behind `Ignored a pickle: `. */
export class PickleFailure extends Error {}
