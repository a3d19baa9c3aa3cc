"""Values that scripts assign in the notation of JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.parsers.script_values import DEEPEST, LONGEST, MOST_PLACED, read_script_value

CALLED = "(function(a,b,c){%s return {layout:'default',data:[%s]}}(%s))"


@pytest.mark.parametrize(
    ("script", "value"),
    [
        (
            '{layout:"default",n:-.5,"x-y":[1,2,],7:0x10}',
            {"layout": "default", "n": -0.5, "x-y": [1, 2], "7": 16},
        ),
        (
            "{a:!0,b:!1,c:void 0,d:null,e:true,f:undefined}",
            {"a": True, "b": False, "c": None, "d": None, "e": True, "f": None},
        ),
        (r"""["\u003Cp\u003E\x41\n\/\'\u{1F600}","\ud83d\ude00",'"']""", ["<p>A\n/'😀", "😀", '"']),
        (
            "{made:new Date(17),of:new Map([[1,2]]),list:Array(3),free:Object.create(null)}",
            {"made": None, "of": None, "list": [], "free": {}},
        ),
        ("[,1,,2]", [1, 2]),
        (r'JSON.parse("{\"a\":[1,2]}")', {"a": [1, 2]}),
        ("{a:unknown,b:window.name}", {"a": None, "b": None}),
        ("{a:function(b){if(b>1){return {c:'}'}}},d:2}", {"a": None, "d": 2}),
        ("{a:1}; window.b = {}", {"a": 1}),
        ("{async:1,get:2,set(){}}", {"async": 1, "get": 2, "set": None}),
        ("({a:1});", {"a": 1}),
        (r"{a:`of \`it\``,b:`${c} km`,d:2}", {"a": "of `it`", "b": None, "d": 2}),
        (
            "{a:new Date().getTime(),b:JSON.parse('[1]').length,c:f(1)(2).d,e:2}",
            {"a": None, "b": None, "c": None, "e": 2},
        ),
        ("{a:async function(){return {}},b:2}", {"a": None, "b": 2}),
        ("{a:function({b},c=(1)){return b.replace(/\\(/,'')},d:2}", {"a": None, "d": 2}),
        (r'["\u{d83d}","\ud83d\ude00\ud83d","\ude00x"]', ["\ufffd", "😀\ufffd", "\ufffdx"]),
    ],
)
def test_literals_are_read(script: str, value: Any) -> None:
    assert read_script_value(script, 0) == value


@pytest.mark.parametrize(
    ("body", "data", "given", "value"),
    [
        ("", "{title:a,open:b}", '"Erz",!1', [{"title": "Erz", "open": False}]),
        ("", "a,a", "null,2", [None, None]),
        (
            "c.title=a;c['day']=b;",
            "c",
            '"Erz","2026-05-03",{}',
            [{"title": "Erz", "day": "2026-05-03"}],
        ),
        ("c[0]=a;c[1]=b;", "{tags:c}", '"x","y",Array(2)', [{"tags": ["x", "y"]}]),
        ("", "{title:a}", "elsewhere", [{"title": None}]),
        ("", "{title:c}", '"too few"', [{"title": None}]),
    ],
)
def test_arguments_stand_in_place_of_parameters(
    body: str, data: str, given: str, value: Any
) -> None:
    assert read_script_value(CALLED % (body, data, given), 0) == {
        "layout": "default",
        "data": value,
    }


@pytest.mark.parametrize(
    "script",
    [
        '(function(a){return {a:a};})("x")',
        '((a)=>({a:a}))("x")',
        '(a => ({a:a}))("x");',
        '((a, b) => { b.a = a; return b; })("x", {})',
        '(()=>({a:"x"}))()',
        '((()=>({a:"x"}))())',
        '((function(a){return {a:a}})("x"))',
        '(()=>JSON.parse("{\\"a\\":\\"x\\"}"))()',
    ],
)
def test_a_function_that_is_called_behind_its_bracket_is_read(script: str) -> None:
    assert read_script_value(script, 0) == {"a": "x"}


@pytest.mark.parametrize(
    "value",
    [
        "f:()=>{return {b:[1]}}",
        "f:(c,{d})=>({b:c})",
        "f:c=>c+d(1,[2])",
        "f:async c=>c",
        "f:async (c)=>await c()",
        "f(c){return c}",
        "async f(c){return c}",
        "get f(){return {b:1}}",
        "set f(c){}",
        "f:async({c,d=[1]})=>c",
        "f(c){return c.replace(/[}\"/]/g,'').split(/\\//)}",
        "f:c=>/[)\"']/.test(c)",
        "f(c){return (c+1)/2+'}/'}",
        "f:[c=>c,(d)=>d]",
    ],
)
def test_functions_that_are_values_are_passed_over(value: str) -> None:
    found = read_script_value(f'{{{value},a:"x"}}', 0)
    assert found == {"f": [None, None] if "[c=>" in value else None, "a": "x"}


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "{a:function(){",
        "{a:`x}",
        "{a:1+1}",
        '{a:"open',
        '[function(){"open}]',
        "(function(a){alert(1);return {}}(1))",
        "(function(a){return {",
        'JSON.parse("{")',
        f'JSON.parse("{"[" * 100_000}")',
        "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2),
        "!" * 100_000,
        "new " * 100_000,
        "(" * 100_000,
        "{a(){" + "(/[" * 100_000,
        "{a(){" + f"{'[(/' * 60}]" * 1_000,
        f"[1{' ' * LONGEST}]",
    ],
)
def test_what_is_no_value_is_none(script: str) -> None:
    assert read_script_value(script, 0) is None


def test_an_object_stands_at_one_place_only() -> None:
    circle = "(function(a,b){a.b=b;b.a=a;return {first:a,second:b,list:[a,a]}}({},{}))"
    value = read_script_value(circle, 0)
    assert value == {"first": None, "second": None, "list": [None, None]}
    shared = "(function(a){return {first:a,second:a}}({x:1}))"
    assert read_script_value(shared, 0) == {"first": {"x": 1}, "second": None}


def test_long_arguments_are_named_only_so_often() -> None:
    long = "x" * (MOST_PLACED // 3)
    names = ",".join(["a"] * 1_000)
    value = read_script_value(f'(function(a){{return [{names}]}}("{long}"))', 0)
    assert value == [long] * 3 + [None] * 997
