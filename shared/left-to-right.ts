/** Order numbers, handles and spaced phone numbers: in a Hebrew line their first sign or their groups would change places. */
const LEFT_TO_RIGHT_RUN = /((?:\+|\b0)\d[\d -]{5,}\d|[#@+][A-Za-z0-9][A-Za-z0-9._/-]*[A-Za-z0-9])/;

/** The text in pieces, of which those that are `isLeftToRight` must be shown isolated, whatever line they stand in. */
export function splitLeftToRight(text: string): { text: string; isLeftToRight: boolean }[] {
  return text
    .split(LEFT_TO_RIGHT_RUN)
    .map((piece, index) => ({ text: piece, isLeftToRight: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
