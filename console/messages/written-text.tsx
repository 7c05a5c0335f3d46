import { registerCustomProtocol, tokenize } from 'linkifyjs';
import { useMemo } from 'preact/hooks';
import type { Mention } from '../../shared/mention.ts';
import { LeftToRightRuns } from '../ui/left-to-right-runs.tsx';
import styles from './written-text.module.css';

registerCustomProtocol('tel', true);

const SAFE_SCHEMES = /^(?:https?|mailto|tel):/i;

const none: readonly Mention[] = [];

interface WrittenTextProps {
  text: string;
  mentions?: readonly Mention[] | undefined;
  /** The agent at this screen, whose own name stands out. */
  ownId?: string;
}

/** What somebody wrote, as text and links, never as markup. Each line runs in its own direction. */
export function WrittenText({ text, mentions = none, ownId }: WrittenTextProps) {
  const pieces = useMemo(() => withMentions(text, mentions), [text, mentions]);
  return (
    <div class={styles.text} dir="auto">
      {pieces.map((piece, index) =>
        piece.mention ? (
          <bdi key={index} class={[styles.mention, piece.mention.agentId === ownId && styles.own].filter(Boolean).join(' ')}>
            {piece.text}
          </bdi>
        ) : piece.href === null ? (
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

interface Piece {
  text: string;
  href: string | null;
  mention?: Mention;
}

/** Names stay whole, whatever a link would make of them. */
function withMentions(text: string, mentions: readonly Mention[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const mention of mentions) {
    if (mention.length === 0 || mention.at < from) continue;
    pieces.push(...toPieces(text.slice(from, mention.at)));
    from = mention.at + mention.length;
    pieces.push({ text: text.slice(mention.at, from), href: null, mention });
  }
  return [...pieces, ...toPieces(text.slice(from))];
}

/** Links only to the web, to mail and to phones: whatever else looks like an address stays text. */
function toPieces(text: string): Piece[] {
  return tokenize(text).map((token) => {
    const href = token.isLink ? token.toHref('https') : null;
    return { text: token.v, href: href !== null && SAFE_SCHEMES.test(href) ? href : null };
  });
}
