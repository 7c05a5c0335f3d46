import { useState } from 'preact/hooks';

/** A person's picture, or the first letters of the name where there is none (or where the page's policy blocks it). */
export function Face({ name, url, size }: { name: string; url?: string | null | undefined; size: 'small' | 'large' }) {
  const [failedUrl, setFailedUrl] = useState('');
  return (
    <span class={`face ${size}`} aria-hidden="true">
      {url && url !== failedUrl ? <img src={url} alt="" onError={() => setFailedUrl(url)} /> : initials(name)}
    </span>
  );
}

/** Two letters at most; whole characters, so that no emoji is cut in half. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
