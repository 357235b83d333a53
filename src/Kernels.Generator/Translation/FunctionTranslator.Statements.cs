using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <content>Statements.</content>
internal sealed partial class FunctionTranslator
{
    private readonly List<string> _pendingDeclarations = [];

    private void WriteStatements(SyntaxList<StatementSyntax> statements)
    {
        foreach (StatementSyntax statement in statements)
        {
            WriteStatement(statement);
        }
    }

    private void WriteStatement(StatementSyntax statement)
    {
        if (statement is LocalFunctionStatementSyntax)
        {
            return;
        }

        WriteCommentsAbove(statement);
        string behind = CommentText.Behind(statement);
        switch (statement)
        {
            case BlockSyntax block:
                WriteBlock(block, null);
                break;
            case LocalDeclarationStatementSyntax declaration:
                WriteDeclarations(declaration.Declaration, declaration.IsConst, behind);
                break;
            case ExpressionStatementSyntax expression:
                WriteExpressionStatement(expression.Expression, behind);
                break;
            case IfStatementSyntax branch:
                WriteIf(branch, string.Empty);
                break;
            case ForStatementSyntax loop:
                WriteFor(loop);
                break;
            case WhileStatementSyntax loop:
                WriteBody(loop.Statement, $"while ({Head(loop.Condition)})");
                break;
            case DoStatementSyntax loop:
                WriteBody(loop.Statement, "do");
                _text.Line($"while ({Head(loop.Condition)});{behind}");
                break;
            case SwitchStatementSyntax choice:
                WriteSwitch(choice);
                break;
            case ReturnStatementSyntax { Expression: { } value }:
                string text = Converted(value);
                FlushDeclarations();
                _text.Line($"return {text};{behind}");
                break;
            case ReturnStatementSyntax:
                _text.Line("return;" + behind);
                break;
            case BreakStatementSyntax:
                _text.Line("break;" + behind);
                break;
            case ContinueStatementSyntax:
                _text.Line("continue;" + behind);
                break;
            case EmptyStatementSyntax:
                _text.Line(";");
                break;
            default:
                Report(statement, statement.Kind().ToString(), "use declarations, assignments, loops and conditions");
                break;
        }
    }

    private void WriteCommentsAbove(SyntaxNode node)
    {
        foreach (string? line in CommentText.Above(node))
        {
            if (line is null)
            {
                _text.Gap();
            }
            else
            {
                _text.Line(line);
            }
        }
    }

    private void WriteCommentsAtEnd(SyntaxToken closeBrace)
    {
        foreach (SyntaxTrivia trivia in closeBrace.LeadingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            {
                _text.Line(trivia.ToString());
            }
        }
    }

    private void WriteBlock(BlockSyntax block, string? head)
    {
        _text.Open(head);
        WriteStatements(block.Statements);
        WriteCommentsAtEnd(block.CloseBraceToken);
        _text.Close();
    }

    private void WriteBody(StatementSyntax body, string head)
    {
        FlushDeclarations();
        if (body is BlockSyntax block)
        {
            WriteBlock(block, head);
            return;
        }

        _text.Open(head);
        WriteStatement(body);
        _text.Close();
    }

    private void WriteIf(IfStatementSyntax branch, string prefix)
    {
        WriteBody(branch.Statement, $"{prefix}if ({Head(branch.Condition)})");
        if (branch.Else is not { } otherwise)
        {
            return;
        }

        WriteCommentsAbove(otherwise);
        if (otherwise.Statement is IfStatementSyntax next)
        {
            WriteIf(next, "else ");
        }
        else
        {
            WriteBody(otherwise.Statement, "else");
        }
    }

    private void WriteFor(ForStatementSyntax loop)
    {
        string start = loop.Declaration is { } declaration
            ? $"{_program.TypeName(TypeOf(declaration.Type))} "
                + string.Join(", ", declaration.Variables.Select(
                    variable => Name(variable.Identifier.ValueText)
                        + (variable.Initializer is { } value ? " = " + Converted(value.Value) : string.Empty)))
            : string.Join(", ", loop.Initializers.Select(Statement));
        string condition = loop.Condition is { } test ? Head(test) : string.Empty;
        string step = string.Join(", ", loop.Incrementors.Select(Statement));
        FlushDeclarations();
        if (ConstantLoops.ShouldUnroll(_function, loop))
        {
            _text.Line("#pragma unroll");
        }

        WriteBody(loop.Statement, $"for ({start}; {condition}; {step})");
    }

    private void WriteSwitch(SwitchStatementSyntax choice)
    {
        string value = Head(choice.Expression);
        FlushDeclarations();
        _text.Open($"switch ({value})");
        foreach (SwitchSectionSyntax section in choice.Sections)
        {
            foreach (SwitchLabelSyntax label in section.Labels)
            {
                WriteCommentsAbove(label);
                _text.Line(label switch
                {
                    CaseSwitchLabelSyntax constant => $"case {Constant(constant.Value)}:",
                    CasePatternSwitchLabelSyntax { Pattern: ConstantPatternSyntax constant }
                        => $"case {Constant(constant.Expression)}:",
                    _ => "default:",
                });
            }

            // Braces, because C has no declaration right behind a label.
            _text.Open();
            WriteStatements(section.Statements);
            _text.Close();
        }

        _text.Close();
    }

    private void WriteExpressionStatement(ExpressionSyntax expression, string behind)
    {
        if (expression is AssignmentExpressionSyntax tuple
            && tuple.Left is TupleExpressionSyntax or DeclarationExpressionSyntax)
        {
            WriteDeconstruction(tuple, behind);
            return;
        }

        string text = Statement(expression);
        FlushDeclarations();
        _text.Line(text + ";" + behind);
    }

    private void FlushDeclarations()
    {
        foreach (string declaration in _pendingDeclarations)
        {
            _text.Line(declaration);
        }

        _pendingDeclarations.Clear();
    }

    /// <summary>A condition, without the parentheses that the statement adds.</summary>
    private string Head(ExpressionSyntax condition) => Converted(condition);

    /// <summary>A constant as C needs it behind 'case': by its name if that is a macro, else by its value.</summary>
    private string Constant(ExpressionSyntax expression)
        => _function.SymbolOf(expression) is not IFieldSymbol
            && _function.Model.GetConstantValue(expression) is { HasValue: true, Value: { } value }
            && value is not float
            ? _language.Literal(value)
            : Converted(expression);
}
