/** Of a picture within 240 × 220, and of any other file's card. In pixels. */
export const heightOf = (width: number, height: number) => (width ? Math.min(height, 220, (240 * height) / width) : 60);
