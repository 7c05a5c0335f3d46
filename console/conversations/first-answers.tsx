import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { libraryPath } from '../answers/answer-path.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import type { Desk } from './desk.ts';

/** In a house that is quiet because it is new: the way to what is answered by itself from the first night on. */
export function FirstAnswers({ desk }: { desk: Desk }) {
  const { route } = useLocation();
  const [isBare, setIsBare] = useState(false);
  const mayManage = desk.me.value?.permissions.includes('answers:manage') ?? false;
  useEffect(() => {
    if (!mayManage) return undefined;
    let isGone = false;
    void desk.http.get<{ items: unknown[] }>('/answers', { limit: 1 }).then((reply) => {
      if (!isGone) setIsBare(reply.ok && reply.data.items.length === 0);
    });
    return () => {
      isGone = true;
    };
  }, [desk, mayManage]);
  if (!isBare) return null;
  return (
    <Button icon="list-checks" onClick={() => route(libraryPath)}>
      {t('answers.openLibrary')}
    </Button>
  );
}
