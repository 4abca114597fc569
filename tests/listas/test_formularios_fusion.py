"""Varios formularios y el borrador: cada región cambia sus filas, y donde dos dicen distinto se nombran las dos celdas."""

from __future__ import annotations

from typing import Any

from formulario_de_prueba import editar, formulario, nombres

from sgc_gt.listas.formularios.fusion import Fusion, fusionar, vaciadas, viene_vacio
from sgc_gt.listas.formularios.leer import Leido, leer_formulario

REGION = {"title": "Región", "type": "string", "x-referencia": "region"}
ESQUEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "titulo": {"title": "Título", "type": "string"},
        "objetivos": {
            "title": "Objetivos",
            "type": "array",
            "items": {"type": "object", "required": ["region"], "properties": {"region": REGION, "texto": {"title": "Texto", "type": "string"}}},
        },
        "mediciones": {
            "title": "Mediciones",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["indicador"],
                "properties": {
                    "indicador": {"title": "Indicador", "type": "string"},
                    "por_region": {
                        "title": "Por región",
                        "type": "array",
                        "items": {"type": "object", "properties": {"region": REGION, "valor": {"title": "Valor", "type": "number"}}},
                    },
                },
            },
        },
    },
}  # fmt: skip
BORRADOR = {
    "titulo": "Plan",
    "objetivos": [{"region": "15", "texto": "norte"}, {"region": "12", "texto": "sur"}],
    "mediciones": [
        {"indicador": "I1", "por_region": [{"region": "15", "valor": 1}, {"region": "12", "valor": 2}]},
        {"indicador": "I2"},
    ],
}
OBJETIVOS, VALORES = "1. Objetivos", "2. Mediciones · Por región"


def de(region: str = "", base: Any = None, **celdas: Any) -> bytes:
    """Un formulario, hecho sobre ese borrador, en que alguien escribió esas celdas («hoja!celda»)."""
    hecho = formulario(ESQUEMA, base or BORRADOR, region=region)

    def cambios(libro: Any) -> None:
        for lugar, valor in celdas.items():
            hoja, _, celda = lugar.rpartition("!")
            libro[hoja][celda] = valor

    return editar(hecho, cambios)


def juntar(actual: Any, **formularios: bytes) -> Fusion:
    leidos = [leer_formulario(c, f"{n}.xlsx", ESQUEMA, nombres(BORRADOR)) for n, c in formularios.items()]
    assert [p for leido in leidos for p in leido.problemas] == []
    return fusionar(actual, leidos)


def test_cada_region_cambia_sus_filas_y_las_demas_no_se_tocan() -> None:
    aysen = de("11", **{f"{OBJETIVOS}!B7": "hielos", f"{VALORES}!A7": "I2", f"{VALORES}!C7": 5})
    arica = de("15", **{f"{OBJETIVOS}!B7": "altiplano", f"{VALORES}!C7": "1,5"})
    dicho = juntar(BORRADOR, aysen=aysen, arica=arica)
    assert dicho.problemas == ()
    assert dicho.datos["titulo"] == "Plan"
    # Aysén no estaba: entra donde le toca, de norte a sur.
    assert [(o["region"], o["texto"]) for o in dicho.datos["objetivos"]] == [
        ("15", "altiplano"),
        ("11", "hielos"),
        ("12", "sur"),
    ]
    assert dicho.datos["mediciones"] == [
        {"indicador": "I1", "por_region": [{"region": "15", "valor": 1.5}, {"region": "12", "valor": 2}]},
        {"indicador": "I2", "por_region": [{"region": "11", "valor": 5}]},
    ]


def test_una_fila_sembrada_que_nadie_lleno_no_dice_nada() -> None:
    assert juntar(BORRADOR, aysen=de("11")).datos == BORRADOR
    suelto = {"titulo": "x"}
    assert juntar(suelto, todo=de(base=suelto)).datos == suelto


def test_dos_que_dicen_distinto_de_lo_mismo() -> None:
    uno, otro = (de("15", **{f"{OBJETIVOS}!B7": t}) for t in ("frontera", "altiplano"))
    [choque] = juntar(BORRADOR, uno=uno, otro=otro).problemas
    assert str(choque) == (
        "otro.xlsx, hoja «1. Objetivos», celda B7: «Objetivos» (15 Arica y Parinacota): dice «altiplano», "
        "y en uno.xlsx, hoja «1. Objetivos», celda B7 dice «frontera»"
    )
    assert juntar(BORRADOR, uno=uno, igual=uno).problemas == ()


def test_lo_que_cambio_en_el_borrador_despues_no_se_pisa() -> None:
    despues = {
        **BORRADOR,
        "objetivos": [{"region": "15", "texto": "otro norte"}, {"region": "12", "texto": "sur"}],
    }
    [atraso] = juntar(despues, arica=de("15", **{f"{OBJETIVOS}!B7": "altiplano"})).problemas
    assert "cambió en el borrador después de hacerse este formulario" in atraso.mensaje
    # Lo que ese formulario no tocó queda como está ahora, aunque él traiga lo antiguo.
    entero = de(**{"1. Datos generales!C5": "Plan nuevo"})
    dicho = juntar(despues, entero=entero)
    assert (dicho.problemas, dicho.cambios) == ((), 1)
    assert dicho.datos == {**despues, "titulo": "Plan nuevo"}


def test_el_mismo_formulario_vuelve_completado() -> None:
    """Se recibió a medias; la región llena lo que faltaba en su copia, que es anterior al borrador de hoy."""
    a_medias = {f"{OBJETIVOS}!B7": "hielos", f"{VALORES}!A7": "I2", f"{VALORES}!C7": 5}
    recibido = juntar(BORRADOR, aysen=de("11", **a_medias)).datos
    agrega = de("11", **a_medias, **{f"{VALORES}!A8": "I1", f"{VALORES}!C8": 3, f"{OBJETIVOS}!B8": "fiordos"})
    dicho = juntar(recibido, aysen=agrega)
    assert dicho.problemas == ()
    assert [o["texto"] for o in dicho.datos["objetivos"] if o["region"] == "11"] == ["hielos", "fiordos"]
    assert {"region": "11", "valor": 3} in dicho.datos["mediciones"][0]["por_region"]
    # Cambiar lo ya recibido no es agregar, y borrarlo tampoco: otra persona pudo corregirlo entretanto.
    for cambia in ("glaciares", None):
        otra = de("11", **{**a_medias, f"{OBJETIVOS}!B7": cambia, f"{OBJETIVOS}!B8": "fiordos"})
        assert "cambió en el borrador" in juntar(recibido, aysen=otra).problemas[0].mensaje


def test_una_fila_que_no_dice_de_quien_es() -> None:
    arica = de("15", **{f"{VALORES}!A7": None})
    [falta] = juntar(BORRADOR, arica=arica).problemas[:1]
    assert (
        str(falta)
        == "arica.xlsx, hoja «2. Mediciones · Por región», celda A7: falta decir a qué fila de «Mediciones» pertenece"
    )


def test_una_fila_borrada_se_borra_y_una_tabla_entera_conserva_lo_de_las_regiones() -> None:
    sin_sur = de("12", **{f"{OBJETIVOS}!A7": None, f"{OBJETIVOS}!B7": None})
    assert juntar(BORRADOR, sur=sin_sur).datos["objetivos"] == [{"region": "15", "texto": "norte"}]
    entero = de(**{"3. Mediciones!A8": "I3"})
    arica = de("15", **{f"{VALORES}!C7": 9})
    dicho = juntar(BORRADOR, entero=entero, arica=arica)
    assert dicho.problemas == ()
    assert [m["indicador"] for m in dicho.datos["mediciones"]] == ["I1", "I3"]
    assert dicho.datos["mediciones"][0]["por_region"] == [
        {"region": "15", "valor": 9},
        {"region": "12", "valor": 2},
    ]


def test_un_formulario_entero_deja_las_filas_en_el_orden_del_documento() -> None:
    """Los objetivos van por producto y no por región: cambiar uno no los reordena, aunque el borrador haya seguido."""
    filas = [{"region": r, "texto": t} for r, t in (("12", "a"), ("15", "b"), ("12", "c"), ("15", "d"))]
    hecho = {**BORRADOR, "objetivos": filas}
    despues = {**hecho, "titulo": "Plan corregido"}
    entero = de(base=hecho, **{"2. Objetivos!B9": "otro"})
    dicho = juntar(despues, entero=entero)
    assert (dicho.problemas, dicho.datos["titulo"]) == ((), "Plan corregido")
    assert [o["texto"] for o in dicho.datos["objetivos"]] == ["a", "b", "otro", "d"]
    # El de una región cambia las suyas donde estaban; la que agrega va tras ellas.
    arica = de(
        "15", hecho, **{f"{OBJETIVOS}!B8": "frontera", f"{OBJETIVOS}!A9": "15", f"{OBJETIVOS}!B9": "costa"}
    )
    assert [o["texto"] for o in juntar(despues, arica=arica).datos["objetivos"]] == [
        "a",
        "b",
        "c",
        "frontera",
        "costa",
    ]
    # Una tabla que nadie había llenado queda como la escribió quien la llenó.
    nadie = {**BORRADOR, "objetivos": []}
    llena = de(base=nadie, **{f"2. Objetivos!{c}{n}": v for n, f in enumerate(filas, 7) for c, v in zip("AB", f.values(), strict=True)})  # fmt: skip
    assert juntar({**nadie, "titulo": "Otro"}, llena=llena).datos["objetivos"] == filas


def test_lo_que_vuelve_vacio_se_nota_antes_de_borrar_nada() -> None:
    def leido(contenido: bytes) -> Leido:
        return leer_formulario(contenido, "sur.xlsx", ESQUEMA, nombres(BORRADOR))

    sin_objetivo = {f"{OBJETIVOS}!A7": None, f"{OBJETIVOS}!B7": None}
    en_parte = leido(de("12", **sin_objetivo))
    assert not viene_vacio(en_parte)
    assert vaciadas(en_parte) == ("«Objetivos» (12 Magallanes y de la Antártica Chilena)",)
    sin_valor = {f"{VALORES}!{c}7": None for c in "ABC"}
    assert viene_vacio(leido(de("12", **sin_objetivo, **sin_valor)))
    nunca_tuvo = leido(de("11"))
    assert (viene_vacio(nunca_tuvo), vaciadas(nunca_tuvo)) == (False, ())
