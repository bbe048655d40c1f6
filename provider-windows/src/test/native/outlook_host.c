/*
 * Stands for Outlook's process: a program named OUTLOOK.EXE that has olmapi32.dll loaded and starts a JVM in itself, as
 * a COM add-in does that hosts Java (docs/windows.md).
 *
 *   OUTLOOK.EXE OLMAPI32_DLL JVM_DLL MAIN_CLASS JVM_OPTION...        MAIN_CLASS with slashes
 */
#include <jni.h>
#include <stdio.h>
#include <windows.h>

typedef jint(JNICALL *CreateJavaVM)(JavaVM **vm, void **env, void *args);

int main(int argc, char **argv) {
    if (argc < 4 || argc > 20) return 2;
    if (!LoadLibraryA(argv[1])) {
        printf("cannot load %s: %lu\n", argv[1], GetLastError());
        return 1;
    }
    /* The JVM's own libraries lie in the folder above its server folder. */
    char folder[MAX_PATH];
    snprintf(folder, sizeof folder, "%s\\..\\..", argv[2]);
    SetDllDirectoryA(folder);
    HMODULE jvm = LoadLibraryA(argv[2]);
    CreateJavaVM create = jvm ? (CreateJavaVM) (void *) GetProcAddress(jvm, "JNI_CreateJavaVM") : NULL;
    if (!create) {
        printf("cannot load %s: %lu\n", argv[2], GetLastError());
        return 1;
    }
    JavaVMOption options[20];
    JavaVMInitArgs arguments = {.version = JNI_VERSION_10, .nOptions = argc - 4, .options = options};
    for (int i = 4; i < argc; i++) options[i - 4] = (JavaVMOption){.optionString = argv[i]};
    JavaVM *vm;
    JNIEnv *env;
    if (create(&vm, (void **) &env, &arguments) != JNI_OK) return 1;
    jclass main_class = (*env)->FindClass(env, argv[3]);
    jmethodID method = main_class ? (*env)->GetStaticMethodID(env, main_class, "main", "([Ljava/lang/String;)V") : NULL;
    jclass string = (*env)->FindClass(env, "java/lang/String");
    if (method) (*env)->CallStaticVoidMethod(env, main_class, method, (*env)->NewObjectArray(env, 0, string, NULL));
    int failed = (*env)->ExceptionCheck(env);
    if (failed) (*env)->ExceptionDescribe(env);
    (*vm)->DestroyJavaVM(vm);
    return failed;
}
