import { splitLeftToRight } from '../../shared/left-to-right.ts';

/** The text, in which numbers and handles keep their order whatever line they stand in. */
export function LeftToRightRuns({ text }: { text: string }) {
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
