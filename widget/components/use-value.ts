import { effect, type ReadonlySignal } from '@preact/signals-core';
import { useLayoutEffect, useState } from 'preact/hooks';

/** What the signal holds; the component is drawn anew when that changes. */
export function useValue<Value>(source: ReadonlySignal<Value>): Value {
  const [value, setValue] = useState(() => source.peek());
  useLayoutEffect(() => effect(() => setValue(() => source.value)), [source]);
  return value;
}
