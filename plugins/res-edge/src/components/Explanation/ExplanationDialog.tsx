import { Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import { ExplanationView } from './ExplanationView';

/** The explanation of one application on one cluster, above the page that it was asked on. */
export function ExplanationDialog(props: {
  asked?: { application: string; cluster: string };
  onClose: () => void;
}) {
  const { asked, onClose } = props;
  return (
    <Dialog
      isOpen={asked !== undefined}
      onOpenChange={open => !open && onClose()}
      width="44rem"
    >
      <DialogHeader>
        {asked && `${asked.application} on ${asked.cluster}`}
      </DialogHeader>
      <DialogBody>{asked && <ExplanationView {...asked} />}</DialogBody>
    </Dialog>
  );
}
