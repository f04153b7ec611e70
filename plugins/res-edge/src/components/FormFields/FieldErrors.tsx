import { Text } from '@backstage/ui';

/** What is wrong with a field. */
export function FieldErrors(props: { errors?: string[] }) {
  return (
    <>
      {props.errors?.map(error => (
        <Text key={error} variant="body-small" color="danger" role="alert">
          {error}
        </Text>
      ))}
    </>
  );
}
