/**
 * Walks JSON in memory, by the grammar of RFC 8259, without making values of it. A place is an
 * address; 0 says that the text is not JSON. After the text there is a byte 0, which is in no JSON.
 */

/** JSON nested deeper than this is taken for broken: AWS nests a few levels. */
const mostDepth = 256;

const quote: u8 = 0x22;
const backslash: u8 = 0x5c;
const comma: u8 = 0x2c;
const colon: u8 = 0x3a;
const openBrace: u8 = 0x7b;
const closeBrace: u8 = 0x7d;
const openBracket: u8 = 0x5b;
const closeBracket: u8 = 0x5d;

/** The place of the next byte that is no white space. */
export function skipSpace(at: usize): usize {
  let place = at;
  while (true) {
    const byte = load<u8>(place);
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return place;
    place += 1;
  }
}

/** The end of a string that begins at `at`, the byte after its opening quote. */
export function skipString(at: usize): usize {
  let place = at;
  while (true) {
    const block = v128.load(place);
    const ends = v128.or(
      v128.or(
        v128.eq<u8>(block, v128.splat<u8>(quote)),
        v128.eq<u8>(block, v128.splat<u8>(backslash)),
      ),
      v128.lt<u8>(block, v128.splat<u8>(0x20)),
    );
    const mask = v128.bitmask<u8>(ends);
    if (mask === 0) {
      place += 16;
      continue;
    }
    place += ctz<i32>(mask);
    const byte = load<u8>(place);
    if (byte === quote) return place + 1;
    if (byte !== backslash) return 0;
    const escaped = load<u8>(place + 1);
    if (isEscapable(escaped)) place += 2;
    else if (escaped === 0x75 && isFourHex(place + 2)) place += 6;
    else return 0;
  }
}

/** The end of the value that begins at `at`. */
export function skipValue(at: usize, depth: i32): usize {
  const first = load<u8>(at);
  if (first === quote) return skipString(at + 1);
  if (first === openBrace) return skipObject(at, depth);
  if (first === openBracket) return skipArray(at, depth);
  return skipScalar(at);
}

function skipObject(at: usize, depth: i32): usize {
  if (depth >= mostDepth) return 0;
  // White space is looked for only where something else was expected: AWS writes none.
  let place = at + 1;
  if (load<u8>(place) !== quote) {
    place = skipSpace(place);
    if (load<u8>(place) === closeBrace) return place + 1;
  }
  while (true) {
    if (load<u8>(place) !== quote) {
      place = skipSpace(place);
      if (load<u8>(place) !== quote) return 0;
    }
    place = skipString(place + 1);
    if (place === 0) return 0;
    if (load<u8>(place) !== colon) {
      place = skipSpace(place);
      if (load<u8>(place) !== colon) return 0;
    }
    place += 1;
    if (load<u8>(place) === quote) place = skipString(place + 1);
    else place = skipValue(skipSpace(place), depth + 1);
    if (place === 0) return 0;
    if (load<u8>(place) <= 0x20) place = skipSpace(place);
    const next = load<u8>(place);
    place += 1;
    if (next === comma) continue;
    return next === closeBrace ? place : 0;
  }
}

function skipArray(at: usize, depth: i32): usize {
  if (depth >= mostDepth) return 0;
  let place = skipSpace(at + 1);
  if (load<u8>(place) === closeBracket) return place + 1;
  while (true) {
    place = skipValue(skipSpace(place), depth + 1);
    if (place === 0) return 0;
    place = skipSpace(place);
    const next = load<u8>(place);
    place += 1;
    if (next === comma) continue;
    return next === closeBracket ? place : 0;
  }
}

function skipScalar(at: usize): usize {
  const four = load<u32>(at);
  if (four === 0x65757274) return at + 4;
  if (four === 0x6c6c756e) return at + 4;
  if (four === 0x736c6166) return load<u8>(at + 4) === 0x65 ? at + 5 : 0;
  return skipNumber(at);
}

function skipNumber(at: usize): usize {
  let place = load<u8>(at) === 0x2d ? at + 1 : at;
  if (load<u8>(place) === 0x30) place += 1;
  else {
    place = skipDigits(place);
    if (place === 0) return 0;
  }
  if (load<u8>(place) === 0x2e) {
    place = skipDigits(place + 1);
    if (place === 0) return 0;
  }
  if ((load<u8>(place) | 0x20) === 0x65) {
    place += 1;
    const sign = load<u8>(place);
    if (sign === 0x2b || sign === 0x2d) place += 1;
    return skipDigits(place);
  }
  return place;
}

/** The end of one or more digits. */
function skipDigits(at: usize): usize {
  let place = at;
  while (isDigit(load<u8>(place))) place += 1;
  return place === at ? 0 : place;
}

export function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) <= 9;
}

function isEscapable(byte: u8): bool {
  switch (byte) {
    case quote:
    case backslash:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}

function isFourHex(at: usize): bool {
  for (let place = at; place < at + 4; place++) {
    const byte = load<u8>(place);
    const letter = byte | 0x20;
    if (!isDigit(byte) && !(letter >= 0x61 && letter <= 0x66)) return false;
  }
  return true;
}
