const startsWith = (content: Uint8Array, text: string, at = 0): boolean =>
  Buffer.from(content)
    .subarray(at, at + text.length)
    .equals(Buffer.from(text, 'latin1'));

/** The type of a picture by its first bytes; undefined for anything else. SVG is left out, because it can hold scripts. */
export function imageTypeOf(content: Uint8Array): string | undefined {
  if (startsWith(content, '\x89PNG\r\n\x1A\n')) return 'image/png';
  if (startsWith(content, '\xFF\xD8\xFF')) return 'image/jpeg';
  if (startsWith(content, 'GIF87a') || startsWith(content, 'GIF89a')) return 'image/gif';
  if (startsWith(content, 'RIFF') && startsWith(content, 'WEBP', 8)) return 'image/webp';
  return undefined;
}
