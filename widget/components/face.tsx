import { useState } from 'preact/hooks';

/** A person's picture, or the first letters of the name where there is none (or where the page's policy blocks it). */
export function Face({ name, url, size }: { name: string; url?: string | null | undefined; size: 'small' | 'large' }) {
  const [failedUrl, setFailedUrl] = useState('');
  return (
    <span class={`face ${size}`} aria-hidden="true">
      {url && url !== failedUrl ? (
        <img src={new URL(url, import.meta.url).href} alt="" onError={() => setFailedUrl(url)} />
      ) : (
        initials(name)
      )}
    </span>
  );
}

/** Of the first word and the last: signs and emoji are nobody's initials. */
export function initials(name: string): string {
  const letters = name.split(/\s+/).flatMap((word) => word.match(/[\p{L}\p{N}]/u) ?? []);
  return [...letters.slice(0, 1), ...letters.slice(1).slice(-1)].join('').toUpperCase();
}
