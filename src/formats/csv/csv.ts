/**
 * One record of a CSV file, with its line end. https://www.rfc-editor.org/rfc/rfc4180
 * A field that a spreadsheet would take for a formula gets an apostrophe in front, so that nothing a page sends is ever calculated. The full-width signs
 * mean the same to a Japanese spreadsheet. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
