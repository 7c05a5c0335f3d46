import { registerCustomProtocol, tokenize } from 'linkifyjs';
import { useMemo } from 'preact/hooks';
import { LeftToRightRuns } from '../ui/left-to-right-runs.tsx';
import styles from './written-text.module.css';

registerCustomProtocol('tel', true);

const SAFE_SCHEMES = /^(?:https?|mailto|tel):/i;

/** What somebody wrote, as text and links, never as markup. Each line runs in its own direction. */
export function WrittenText({ text }: { text: string }) {
  const pieces = useMemo(() => toPieces(text), [text]);
  return (
    <div class={styles.text} dir="auto">
      {pieces.map((piece, index) =>
        piece.href === null ? (
          <LeftToRightRuns key={index} text={piece.text} />
        ) : (
          <a key={index} class={styles.link} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            <bdi>{piece.text}</bdi>
          </a>
        ),
      )}
    </div>
  );
}

/** Links only to the web, to mail and to phones: whatever else looks like an address stays text. */
function toPieces(text: string): { text: string; href: string | null }[] {
  return tokenize(text).map((token) => {
    const href = token.isLink ? token.toHref('https') : null;
    return { text: token.v, href: href !== null && SAFE_SCHEMES.test(href) ? href : null };
  });
}
