import type { ComponentType, VNode } from 'preact';
import type { Permission } from '../../shared/agent.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { fetchShelf } from '../texts/texts.ts';
import { late } from '../ui/late.tsx';

interface FileSection {
  key: string;
  permission: Permission;
  /** Late (ui/late.tsx): what the first screen does not need comes when a file is looked at. */
  Section: ComponentType<FileSectionProps>;
}

const FileTickets = late(async () => {
  const [{ FileTickets }] = await Promise.all([import('../tickets/file-tickets.tsx'), fetchShelf('tickets')]);
  return FileTickets;
});

/** What stands in a customer file under who it is, in this order: on its page and beside each chat. */
const sections: readonly FileSection[] = [{ key: 'tickets', permission: 'tickets:view', Section: FileTickets }];

export function drawSections(props: FileSectionProps): VNode[] {
  return sections
    .filter(({ permission }) => props.may(permission))
    .map(({ key, Section }) => <Section key={`${key}-${props.contact.id}`} {...props} />);
}
