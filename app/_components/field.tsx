"use client";

import {
  Checkbox,
  Description,
  FieldError,
  NumberField as HeroNumberField,
  TextField as HeroTextField,
  Input,
  Label,
  ListBox,
  Select,
  TextArea,
} from "@heroui/react";
import type { ReactNode } from "react";

type Common = {
  label: string;
  name?: string;
  /** A line below that says what the value does. */
  description?: ReactNode;
  /** What is wrong with it, as the server said. */
  error?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  className?: string;
};

type TextFieldProps = Common & {
  type?: "text" | "email" | "password" | "search" | "url" | "date";
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  placeholder?: string;
  autoComplete?: string;
  autoFocus?: boolean;
  minLength?: number;
  maxLength?: number;
  /** More than one makes it a text area. */
  rows?: number;
};

export function TextField({ label, description, error, placeholder, rows = 1, ...rest }: TextFieldProps) {
  return (
    <HeroTextField {...rest} fullWidth isInvalid={error !== undefined}>
      <Label>{label}</Label>
      {rows > 1 ? <TextArea rows={rows} placeholder={placeholder} /> : <Input placeholder={placeholder} />}
      <Below description={description} error={error} />
    </HeroTextField>
  );
}

export type Option = { value: string; label: string; hint?: string; isDisabled?: boolean };

type SelectFieldProps = Common & {
  options: readonly Option[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  placeholder?: string;
};

export function SelectField(props: SelectFieldProps) {
  const {
    label,
    description,
    error,
    options,
    value,
    defaultValue,
    onChange,
    placeholder = "Choose",
    ...rest
  } = props;
  return (
    <Select
      {...rest}
      fullWidth
      isInvalid={error !== undefined}
      placeholder={placeholder}
      value={value}
      defaultValue={defaultValue}
      onChange={(key) => onChange?.(String(key))}
      disabledKeys={options.filter((option) => option.isDisabled).map((option) => option.value)}
    >
      <Label>{label}</Label>
      <Select.Trigger>
        <Select.Value />
        <Select.Indicator />
      </Select.Trigger>
      <Below description={description} error={error} />
      <Select.Popover>
        <ListBox>
          {options.map((option) => (
            <ListBox.Item key={option.value} id={option.value} textValue={option.label}>
              <div className="select-option">
                <span>{option.label}</span>
                {option.hint ? <span className="text-[12px] text-dim leading-4">{option.hint}</span> : null}
              </div>
              <ListBox.ItemIndicator />
            </ListBox.Item>
          ))}
        </ListBox>
      </Select.Popover>
    </Select>
  );
}

type NumberFieldProps = Common & {
  value?: number;
  defaultValue?: number;
  onChange?: (value: number) => void;
  minValue?: number;
  maxValue?: number;
  step?: number;
  formatOptions?: Intl.NumberFormatOptions;
};

export function NumberField({ label, description, error, ...rest }: NumberFieldProps) {
  return (
    <HeroNumberField {...rest} fullWidth isInvalid={error !== undefined}>
      <Label>{label}</Label>
      <HeroNumberField.Group>
        <HeroNumberField.DecrementButton />
        <HeroNumberField.Input />
        <HeroNumberField.IncrementButton />
      </HeroNumberField.Group>
      <Below description={description} error={error} />
    </HeroNumberField>
  );
}

type CheckboxFieldProps = Omit<Common, "label"> & {
  label: ReactNode;
  value?: string;
  isSelected?: boolean;
  defaultSelected?: boolean;
  isIndeterminate?: boolean;
  onChange?: (selected: boolean) => void;
};

export function CheckboxField({ label, description, error, ...rest }: CheckboxFieldProps) {
  return (
    <Checkbox {...rest} isInvalid={error !== undefined}>
      <Checkbox.Content>
        <Checkbox.Control>
          <Checkbox.Indicator />
        </Checkbox.Control>
        {label}
      </Checkbox.Content>
      <Below description={description} error={error} />
    </Checkbox>
  );
}

function Below({ description, error }: { description?: ReactNode; error?: string }) {
  if (error !== undefined) return <FieldError>{error}</FieldError>;
  return description ? <Description>{description}</Description> : null;
}
