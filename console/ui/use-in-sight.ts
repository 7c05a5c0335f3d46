import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Whether the element can be seen where it stands. Where the browser cannot tell, it can. */
export function useInSight<Seen extends HTMLElement>(): { ref: RefObject<Seen | null>; isInSight: boolean } {
  const ref = useRef<Seen>(null);
  const [isInSight, setIsInSight] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    if (!ref.current || typeof IntersectionObserver === 'undefined') return undefined;
    const observer = new IntersectionObserver((entries) => setIsInSight(entries.at(-1)?.isIntersecting === true));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, isInSight };
}
