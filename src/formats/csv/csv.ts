/**
 * One record of a CSV file with its end. https://www.rfc-editor.org/rfc/rfc4180
 * What a spreadsheet would take for a formula gets an apostrophe in front: what a page sends is not to be calculated. The wide signs
 * are the same ones to a spreadsheet in Japanese. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
