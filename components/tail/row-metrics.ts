/** On a phone a row has two lines: when and where, then what. */
const WIDE_ROW = 24;
const NARROW_ROW = 46;

export function rowHeightOf(narrow: boolean): number {
  return narrow ? NARROW_ROW : WIDE_ROW;
}
