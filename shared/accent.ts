/** WCAG's relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channelsOf(hex).map((value) => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast of two `#rrggbb` colours: 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return x > y ? x / y : y / x;
}

/** White where its contrast is at least 4.5, else black, whose contrast then is. */
export function foregroundOn(accent: string): string {
  return contrast(accent, '#ffffff') >= 4.5 ? '#ffffff' : '#000000';
}

/** The accent moved towards black or white until it can be read as text on `background`. All colours `#rrggbb`. */
export function accentOn(accent: string, background: string): string {
  const target = foregroundOn(background) === '#ffffff' ? 255 : 0;
  for (let step = 0; step < 20; step += 1) {
    const shade = mix(accent, target, step / 20);
    if (contrast(shade, background) >= 4.5) return shade;
  }
  return foregroundOn(background);
}

function mix(hex: string, target: number, share: number): string {
  return `#${channelsOf(hex)
    .map((channel) =>
      Math.round(channel + (target - channel) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function channelsOf(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
