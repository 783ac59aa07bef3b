package cn.onecard.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One source file as the compiler's own parser reads it.
 *
 *  @param file    where it lies
 *  @param packageName its package
 *  @param imports what it imports, {@code static} left out
 *  @param types   its types on the top level
 *  @param methods its methods and constructors, those of nested types included */
record SourceFile(Path file, String packageName, List<String> imports, List<Type> types, List<Method> methods) {
    /** A type on the top level.
     *
     *  @param name        simple name
     *  @param isCommented whether a documentation comment stands before it */
    record Type(String name, boolean isCommented) {}

    /** A method or constructor.
     *
     *  @param name   its name
     *  @param lines  lines from its first annotation or modifier to its closing brace
     *  @param isTest whether JUnit runs it */
    record Method(String name, long lines, boolean isTest) {}

    static List<SourceFile> parse(List<Path> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            return StreamSupport.stream(task.parse().spliterator(), false).map(unit -> of(unit, trees)).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static SourceFile of(CompilationUnitTree unit, DocTrees trees) {
        List<Type> types = new ArrayList<>();
        for (Tree tree : unit.getTypeDecls()) {
            if (tree instanceof ClassTree type) {
                types.add(new Type(type.getSimpleName().toString(), trees.getDocComment(TreePath.getPath(unit, type)) != null));
            }
        }
        List<Method> methods = new ArrayList<>();
        SourcePositions positions = trees.getSourcePositions();
        new TreePathScanner<Boolean, Boolean>() {
            @Override
            public Boolean visitMethod(MethodTree method, Boolean ignored) {
                long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
                long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
                boolean isTest = method.getModifiers().getAnnotations().stream().map(annotation -> annotation.getAnnotationType().toString())
                        .anyMatch(name -> name.equals("Test") || name.equals("ParameterizedTest") || name.equals("RepeatedTest"));
                methods.add(new Method(method.getName().toString(), last - first + 1, isTest));
                return super.visitMethod(method, ignored);
            }
        }.scan(unit, true);
        return new SourceFile(Path.of(unit.getSourceFile().toUri()), unit.getPackageName() == null ? "" : unit.getPackageName().toString(),
                unit.getImports().stream().map(ImportTree::getQualifiedIdentifier).map(Tree::toString).toList(), types, methods);
    }
}
