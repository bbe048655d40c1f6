package io.github.offlinestate.verification;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One line for a type and for each member of it that others can see; the same text on every JDK. */
final class Signatures {
    private Signatures() {}

    static boolean isVisible(Class<?> type) {
        for (Class<?> t = type; t != null; t = t.getEnclosingClass()) {
            if (!visible(t.getModifiers()) || t.isAnonymousClass() || t.isLocalClass()) {
                return false;
            }
        }
        return true;
    }

    static List<String> of(Class<?> type) {
        List<String> lines = new ArrayList<>();
        String name = name(type);
        lines.add(name + ": " + header(type));
        for (Field field : type.getDeclaredFields()) {
            if (visible(field.getModifiers()) && !field.isSynthetic()) {
                lines.add(name + "." + field.getName() + ": " + modifiers(field.getModifiers())
                        + text(field.getAnnotatedType()) + value(field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor.getModifiers()) && !constructor.isSynthetic()) {
                lines.add(name + ".<init>" + parameters(constructor) + ": " + modifiers(constructor.getModifiers())
                        + deprecated(constructor) + thrown(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (visible(method.getModifiers()) && !method.isSynthetic()) {
                lines.add(name + "." + method.getName() + parameters(method) + ": "
                        + deprecated(method)
                        + (method.isDefault() ? "default " : "")
                        + modifiers(method.getModifiers() & ~Modifier.SYNCHRONIZED & ~Modifier.NATIVE)
                        + variables(method.getTypeParameters())
                        + text(method.getAnnotatedReturnType())
                        + (method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue())
                        + thrown(method));
            }
        }
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static String header(Class<?> type) {
        StringBuilder text = new StringBuilder(deprecated(type));
        int modifiers = type.getModifiers() & ~Modifier.INTERFACE;
        if (type.isInterface()) {
            modifiers &= ~(Modifier.ABSTRACT | Modifier.STATIC);
        } else if (type.isEnum() || type.isRecord()) {
            modifiers &= ~(Modifier.FINAL | Modifier.STATIC | Modifier.ABSTRACT);
        }
        text.append(modifiers(modifiers)).append(type.isSealed() ? "sealed " : "");
        text.append(
                type.isAnnotation()
                        ? "@interface"
                        : type.isInterface()
                                ? "interface"
                                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class");
        text.append(' ').append(variables(type.getTypeParameters()));
        if (type.isRecord()) {
            text.append(Arrays.stream(type.getRecordComponents())
                    .map(component -> text(component.getAnnotatedType()) + " " + component.getName())
                    .collect(joining(", ", "(", ") ")));
        }
        AnnotatedType above = type.getAnnotatedSuperclass();
        if (above != null && above.getType() != Object.class && !type.isEnum() && !type.isRecord()) {
            text.append("extends ").append(text(above)).append(' ');
        }
        if (type.getInterfaces().length > 0 && !type.isAnnotation()) {
            text.append(Arrays.stream(type.getAnnotatedInterfaces())
                    .map(Signatures::text)
                    .collect(joining(", ", type.isInterface() ? "extends " : "implements ", "")));
        }
        return text.toString();
    }

    private static String parameters(Executable executable) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (Parameter parameter : executable.getParameters()) {
            text.add(text(parameter.getAnnotatedType()) + (parameter.isVarArgs() ? "..." : ""));
        }
        return text.toString();
    }

    private static String thrown(Executable executable) {
        return executable.getExceptionTypes().length == 0
                ? ""
                : Arrays.stream(executable.getAnnotatedExceptionTypes())
                        .map(Signatures::text)
                        .collect(joining(", ", " throws ", ""));
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + bounds(variable))
                        .collect(joining(", ", "<", "> "));
    }

    private static String bounds(TypeVariable<?> variable) {
        AnnotatedType[] bounds = variable.getAnnotatedBounds();
        return bounds.length == 1 && text(bounds[0]).equals("java.lang.Object")
                ? ""
                : Arrays.stream(bounds).map(Signatures::text).collect(joining(" & ", " extends ", ""));
    }

    private static String text(AnnotatedType type) {
        String nullable = type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
        if (type instanceof AnnotatedArrayType array) {
            return text(array.getAnnotatedGenericComponentType()) + (nullable.isEmpty() ? "" : " @Nullable ") + "[]";
        }
        if (type instanceof AnnotatedParameterizedType parameterized) {
            Class<?> raw = (Class<?>) ((java.lang.reflect.ParameterizedType) type.getType()).getRawType();
            return nullable
                    + name(raw)
                    + Arrays.stream(parameterized.getAnnotatedActualTypeArguments())
                            .map(Signatures::text)
                            .collect(joining(", ", "<", ">"));
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            if (wildcard.getAnnotatedLowerBounds().length > 0) {
                return "? super " + text(wildcard.getAnnotatedLowerBounds()[0]);
            }
            String bound = text(wildcard.getAnnotatedUpperBounds()[0]);
            return bound.equals("java.lang.Object") ? "?" : "? extends " + bound;
        }
        return nullable
                + (type.getType() instanceof Class<?> c
                        ? name(c)
                        : type.getType().getTypeName());
    }

    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        if (!constant || !Modifier.isPublic(field.getModifiers())) {
            return "";
        }
        try {
            Object value = field.get(null);
            return " = " + (value instanceof Integer i ? "0x%08x".formatted(i) : value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Class<?> type) {
        return type.getCanonicalName();
    }

    private static String deprecated(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    private static String modifiers(int modifiers) {
        int shown = modifiers & ~(Modifier.TRANSIENT | Modifier.VOLATILE);
        return shown == 0 ? "" : Modifier.toString(shown) + " ";
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
