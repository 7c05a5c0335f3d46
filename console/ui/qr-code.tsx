import { useMemo } from 'preact/hooks';
import styles from './qr-code.module.css';
import { toQrMatrix } from './qr-matrix.ts';

const QUIET_ZONE = 4;

/** Dark on light in both themes, because not every camera reads the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const matrix = useMemo(() => toQrMatrix(text), [text]);
  const size = matrix.length + QUIET_ZONE * 2;
  const path = matrix.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z`] : [])));
  return (
    <svg class={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <title>{label}</title>
      <path d={path.join('')} fill="#000" />
    </svg>
  );
}
