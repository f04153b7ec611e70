import { Text } from '@backstage/ui';

/** What a field finds wrong; what the form finds, the form shows itself. */
export function FieldErrors(props: { errors: string[] }) {
  return (
    <>
      {props.errors.map(error => (
        <Text key={error} variant="body-small" color="danger" role="alert">
          {error}
        </Text>
      ))}
    </>
  );
}
