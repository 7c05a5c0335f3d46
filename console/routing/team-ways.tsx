import { useEffect } from 'preact/hooks';
import { firstTeamRouting, type TeamRouting } from '../../shared/routing.ts';
import { useOpenIds } from '../inboxes/use-open-ids.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';
import { TeamWayFields } from './team-way-fields.tsx';
import { teamWaySentence } from './team-way-sentence.ts';

const NO_TEAM = 'otherwise';

/** How each team shares its chats, and how those of no team are shared. */
export function TeamWays() {
  const { draft, set, teams, errorAt } = useRoutingForm();
  const opened = useOpenIds();
  const changeTeam = (id: string, way: TeamRouting) => set('teams', { ...draft.teams, [id]: way });
  const resetTeam = (id: string) => {
    const { [id]: _, ...others } = draft.teams;
    set('teams', others);
  };
  const rows = [
    { id: NO_TEAM, name: t('routing.noTeamNamed'), path: NO_TEAM, way: draft.otherwise, hasOwn: true },
    ...teams.map(({ id, name }) => ({ id, name, path: `teams.${id}`, way: draft.teams[id] ?? draft.otherwise, hasOwn: id in draft.teams })),
  ];
  // It stays open while what was wrong is put right.
  const blamedId = rows.find(({ path }) => errorAt(path) !== undefined)?.id;
  useEffect(() => {
    if (blamedId !== undefined) opened.open(blamedId);
  }, [blamedId]);
  return (
    <Card title={t('routing.teams')} text={t('routing.teamsHint')}>
      <ul class={styles.ways}>
        {rows.map(({ id, name, path, way, hasOwn }) => {
          const isOpen = opened.isOpen(id) || errorAt(path) !== undefined;
          const isTeam = id !== NO_TEAM;
          return (
            <li key={id} class={styles.way}>
              <button
                type="button"
                class={styles.wayHead}
                aria-expanded={isOpen}
                aria-label={t('routing.teamEdit', { name })}
                onClick={() => opened.toggle(id)}
              >
                <Icon name={isTeam ? 'users' : 'inbox'} />
                <bdi class={styles.strong}>{name}</bdi>
                {isTeam && !hasOwn && <Badge>{t('routing.asOthers')}</Badge>}
                <span class={styles.turn} data-open={isOpen || undefined}>
                  <Icon name="chevron-down" size="small" />
                </span>
              </button>
              <p class={styles.sentence}>{teamWaySentence(way, teams)}</p>
              {isOpen && (
                <div class={styles.inside}>
                  <TeamWayFields
                    way={way}
                    path={path}
                    ownId={isTeam ? id : null}
                    onChange={(next) => (isTeam ? changeTeam(id, next) : set('otherwise', next))}
                  />
                  {isTeam && hasOwn && (
                    <div>
                      <Button look="quiet" icon="rotate-ccw" onClick={() => resetTeam(id)}>
                        {t('routing.resetTeam')}
                      </Button>
                    </div>
                  )}
                  {!isTeam && (
                    <div>
                      <Button look="quiet" icon="rotate-ccw" onClick={() => set('otherwise', firstTeamRouting)}>
                        {t('routing.firstWay')}
                      </Button>
                    </div>
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
