import { useEffect, useState } from 'preact/hooks';

/** True once `isOn` has lasted for `ms`: what is over sooner is never shown. */
export function useDelayed(isOn: boolean, ms: number): boolean {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    setDue(false);
    if (!isOn) return undefined;
    const timer = setTimeout(() => setDue(true), ms);
    return () => clearTimeout(timer);
  }, [isOn, ms]);
  return isOn && isDue;
}
