/** What a function that walks JSON gives where the text is not JSON. */
export const notJson = -1;

/** JSON nested deeper than this is taken for broken: AWS nests a few levels. */
const mostDepth = 256;

/**
 * Walks JSON in bytes of UTF-8, by the grammar of RFC 8259, without making values of it. Whether the
 * bytes are well-formed UTF-8 is not looked at.
 */
export interface JsonWalker {
  /** The place of the next byte that is no white space. */
  skipSpace(bytes: Uint8Array, at: number): number;
  /** The end of a string that begins at `at`, the byte after its opening quote; or `notJson`. */
  skipString(bytes: Uint8Array, at: number): number;
  /** The end of the JSON value that begins at `at`; or `notJson`. */
  skipValue(bytes: Uint8Array, at: number, depth?: number): number;
}

/**
 * Makes a walker. Its tables and functions are made inside, where the engine knows that they never
 * change; as members of a module, which bundlers make variables, they take half as long again.
 */
export function createJsonWalker(): JsonWalker {
  const quote = 0x22;
  const backslash = 0x5c;
  const comma = 0x2c;
  const colon = 0x3a;
  const openBrace = 0x7b;
  const closeBrace = 0x7d;
  const openBracket = 0x5b;
  const closeBracket = 0x5d;

  /** Bytes that stand for themselves within a string. */
  const isPlain: Uint8Array = new Uint8Array(256).fill(1);
  isPlain.fill(0, 0, 0x20);
  isPlain[quote] = 0;
  isPlain[backslash] = 0;

  const isEscapable: Uint8Array = new Uint8Array(256);
  for (const character of '"\\/bfnrt') isEscapable[character.charCodeAt(0)] = 1;

  const isHex: Uint8Array = new Uint8Array(256);
  for (const character of "0123456789abcdefABCDEF") isHex[character.charCodeAt(0)] = 1;

  function skipSpace(bytes: Uint8Array, at: number): number {
    let place = at;
    for (;;) {
      const byte = bytes[place] as number;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return place;
      place += 1;
    }
  }

  function skipString(bytes: Uint8Array, at: number): number {
    let place = at;
    for (;;) {
      while (isPlain[bytes[place] as number] === 1) place += 1;
      const byte = bytes[place];
      if (byte === quote) return place + 1;
      if (byte !== backslash) return notJson;
      const escaped = bytes[place + 1] as number;
      if (isEscapable[escaped] === 1) place += 2;
      else if (escaped === 0x75 && isFourHex(bytes, place + 2)) place += 6;
      else return notJson;
    }
  }

  function skipValue(bytes: Uint8Array, at: number, depth: number = 0): number {
    const first = bytes[at];
    if (first === quote) return skipString(bytes, at + 1);
    if (first === openBrace) return skipObject(bytes, at, depth);
    if (first === openBracket) return skipArray(bytes, at, depth);
    return skipScalar(bytes, at);
  }

  function skipObject(bytes: Uint8Array, at: number, depth: number): number {
    if (depth >= mostDepth) return notJson;
    // White space is looked for only where something else was expected: AWS writes none.
    let place = at + 1;
    if (bytes[place] !== quote) {
      place = skipSpace(bytes, place);
      if (bytes[place] === closeBrace) return place + 1;
    }
    for (;;) {
      if (bytes[place] !== quote) {
        place = skipSpace(bytes, place);
        if (bytes[place] !== quote) return notJson;
      }
      place = skipString(bytes, place + 1);
      if (place === notJson) return notJson;
      if (bytes[place] !== colon) {
        place = skipSpace(bytes, place);
        if (bytes[place] !== colon) return notJson;
      }
      place += 1;
      if (bytes[place] === quote) place = skipString(bytes, place + 1);
      else place = skipValue(bytes, skipSpace(bytes, place), depth + 1);
      if (place === notJson) return notJson;
      let next = bytes[place] as number;
      if (next <= 0x20) {
        place = skipSpace(bytes, place);
        next = bytes[place] as number;
      }
      place += 1;
      if (next === comma) continue;
      return next === closeBrace ? place : notJson;
    }
  }

  function skipArray(bytes: Uint8Array, at: number, depth: number): number {
    if (depth >= mostDepth) return notJson;
    let place = skipSpace(bytes, at + 1);
    if (bytes[place] === closeBracket) return place + 1;
    for (;;) {
      place = skipValue(bytes, skipSpace(bytes, place), depth + 1);
      if (place === notJson) return notJson;
      place = skipSpace(bytes, place);
      const next = bytes[place];
      place += 1;
      if (next === comma) continue;
      return next === closeBracket ? place : notJson;
    }
  }

  function skipScalar(bytes: Uint8Array, at: number): number {
    switch (bytes[at]) {
      case 0x74:
        return spells(bytes, at, 0x72, 0x75, 0x65) ? at + 4 : notJson;
      case 0x66:
        return spells(bytes, at, 0x61, 0x6c, 0x73) && bytes[at + 4] === 0x65 ? at + 5 : notJson;
      case 0x6e:
        return spells(bytes, at, 0x75, 0x6c, 0x6c) ? at + 4 : notJson;
      default:
        return skipNumber(bytes, at);
    }
  }

  function spells(bytes: Uint8Array, at: number, b: number, c: number, d: number): boolean {
    return bytes[at + 1] === b && bytes[at + 2] === c && bytes[at + 3] === d;
  }

  function skipNumber(bytes: Uint8Array, at: number): number {
    let place = bytes[at] === 0x2d ? at + 1 : at;
    if (bytes[place] === 0x30) place += 1;
    else {
      place = skipDigits(bytes, place);
      if (place === notJson) return notJson;
    }
    if (bytes[place] === 0x2e) {
      place = skipDigits(bytes, place + 1);
      if (place === notJson) return notJson;
    }
    if (bytes[place] === 0x65 || bytes[place] === 0x45) {
      place += 1;
      if (bytes[place] === 0x2b || bytes[place] === 0x2d) place += 1;
      return skipDigits(bytes, place);
    }
    return place;
  }

  /** The end of one or more digits. */
  function skipDigits(bytes: Uint8Array, at: number): number {
    let place = at;
    while ((bytes[place] as number) >= 0x30 && (bytes[place] as number) <= 0x39) place += 1;
    return place === at ? notJson : place;
  }

  function isFourHex(bytes: Uint8Array, at: number): boolean {
    for (let place = at; place < at + 4; place++) {
      if (isHex[bytes[place] as number] !== 1) return false;
    }
    return true;
  }

  return { skipSpace, skipString, skipValue };
}
