/**
 * What is asked of JavaScript, seldom: the answers are kept here. Places are offsets into the input,
 * texts are numbers of the pool.
 */

/** The number of the account that a text names; the object's own for 0. */
export declare function accountOf(text: i32): i32;

/** The number of the partition of an account and a day. */
export declare function partitionOf(account: i32, day: i32): i32;

/** The class of an error by its code and message. */
export declare function errorClassOf(code: i32, message: i32): i32;

/** 1 when a version of events is one we know. */
export declare function isKnownVersion(version: i32): i32;

/** Milliseconds since the epoch at which a day of the input begins, `2024-07-16`; NaN when it is none. */
export declare function dayMsOf(from: i32): f64;

/** The text of a JSON string with escapes, quotes included, as a number of the pool. */
export declare function unescaped(from: i32, to: i32): i32;

/** The member of an object that a name with escapes, quotes included, is of; or -1. */
export declare function memberOf(object: i32, from: i32, to: i32): i32;

/**
 * Compresses so many bytes at an address to another one, where there is as much room: how many bytes
 * came of them, 0 when it does not help.
 */
export declare function compress(from: i32, bytes: i32, isRandom: i32, to: i32): i32;
