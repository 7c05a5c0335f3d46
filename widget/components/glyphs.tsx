import type { ComponentChildren } from 'preact';

/** Line drawings of 24 × 24 (Lucide, ISC). They say nothing to a screen reader: the control around them does. */
export function glyph(children: ComponentChildren, className = '') {
  return () => (
    <svg class={`glyph ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

export const CloseGlyph = glyph(<path d="M18 6 6 18M6 6l12 12" />);
/** Points to where one came from, so it is mirrored from right to left. */
export const BackGlyph = glyph(<path d="m15 18-6-6 6-6" />, 'directed');
export const SendGlyph = glyph(
  <path d="M3.7 3a.5.5 0 0 0-.7.7l2.9 7.6a2 2 0 0 1 0 1.4L3 20.3a.5.5 0 0 0 .7.7l18-8.5a.5.5 0 0 0 0-1zM6 12h16" />,
  'directed',
);
export const PersonGlyph = glyph(<path d="M20 21a8 8 0 0 0-16 0M12 3a5 5 0 1 0 0 10 5 5 0 0 0 0-10" />);
export const ClockGlyph = glyph(<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m0 4v6l4 2" />);
export const SentGlyph = glyph(<path d="M20 6 9 17l-5-5" />);
export const ReadGlyph = glyph(<path d="M18 6 7 17l-5-5m20-2-7.5 7.5L13 16" />);
export const AlertGlyph = glyph(<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m0 6v4m0 4h.01" />);
