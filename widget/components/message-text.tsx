import { useEffect, useState } from 'preact/hooks';
import { splitLeftToRight } from '../../shared/left-to-right.ts';
import type { splitLinks } from '../links.ts';

/** Something before a dot, an at sign or a colon and letters right after it. Wrongly yes costs one small download. */
const looksLikeLink = /\S[.@]\p{L}|:\/\/|\b(mailto|tel):/iu;

let split: typeof splitLinks | undefined;

/**
 * The text as it was typed; addresses in it become links as soon as the code that finds them is here. Only ever text
 * nodes and our own elements: nothing that was typed is read as markup.
 */
export function MessageText({ text }: { text: string }) {
  const [, redraw] = useState({});
  const hasLink = looksLikeLink.test(text);
  const find = split;
  useEffect(() => {
    // It may have come since this was drawn.
    if (!hasLink || find) return;
    void import('../links.ts').then(
      (links) => {
        split = links.splitLinks;
        redraw({});
      },
      // Without the network the text simply stays text.
      () => undefined,
    );
  }, [hasLink]);
  const parts = hasLink && find ? find(text) : [{ text }];
  return (
    <>
      {parts.map((part, index) =>
        'href' in part ? (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : (
          <Runs key={index} text={part.text} />
        ),
      )}
    </>
  );
}

function Runs({ text }: { text: string }) {
  return (
    <>
      {splitLeftToRight(text).map((piece, index) =>
        piece.isLeftToRight ? (
          <bdi key={index} dir="ltr">
            {piece.text}
          </bdi>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}
