import { useEffect, useState } from 'preact/hooks';
import { Button } from './button.tsx';

/** Copies `text`, and says so for two seconds. */
export function CopyButton({ text, label, copiedLabel }: { text: string; label: string; copiedLabel: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      size="small"
      icon={isCopied ? 'check' : 'copy'}
      aria-live="polite"
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setIsCopied(true),
          () => undefined,
        );
      }}
    >
      {isCopied ? copiedLabel : label}
    </Button>
  );
}
