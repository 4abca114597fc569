"""Qué se dice de cada cambio: la entrada junto a lo que se lee de ella."""

from __future__ import annotations

from dataclasses import replace

import pytest
from formas import bloques, forma, tabla

from sgc_gt.comparacion.a_dict import secciones_a_dict
from sgc_gt.comparacion.aplicar import aplicar, texto_nuevo
from sgc_gt.comparacion.comparar import comparar
from sgc_gt.comparacion.decir import otros_cambios
from sgc_gt.comparacion.texto import Forma, informe_a_texto
from sgc_gt.comparacion.valores import Informe, Lado, Trozo
from sgc_gt.dominio.forma import PARRAFO, Bloque, FormaNormal, Marca

LADO = Lado("a.docx", "1", 1), Lado("b.docx", "2", 2)


def leido(antes: FormaNormal, despues: FormaNormal, forma: Forma | None = None) -> list[str]:
    """Lo que la persona lee bajo el título de la leyenda."""
    informe = Informe(*LADO, comparar(antes, despues))
    texto = informe_a_texto(informe, forma or Forma(completo=True))
    return [linea for linea in texto.split("\n")[8:] if linea]


def test_las_palabras_que_cambian_dentro_de_un_parrafo() -> None:
    antes = forma("T1 Plazos / p La solicitud se responde en cinco días hábiles desde su ingreso.")
    despues = forma("T1 Plazos / p La solicitud se responde en diez días hábiles desde su registro.")

    assert leido(antes, despues) == [
        "1 Plazos",
        "  modificado  La solicitud se responde en [-cinco-]{+diez+} días hábiles desde",
        "              su [-ingreso-]{+registro+}.",
    ]


def test_un_parrafo_que_cambia_de_seccion_es_un_movimiento() -> None:
    antes = forma("T1 Objetivo / p Rige para todo el país. / T1 Alcance / p Todas las divisiones.")
    despues = forma("T1 Objetivo / T1 Alcance / p Todas las divisiones. / p Rige para todo el país.")

    assert leido(antes, despues) == [
        "1 Objetivo",
        "  se llevó    a «2 Alcance»: Rige para todo el país.",
        "2 Alcance",
        "  movido      desde «1 Objetivo»: Rige para todo el país.",
    ]


def test_lo_agregado_que_ya_viene_tachado_se_dice() -> None:
    nuevo = Bloque(PARRAFO, texto="Rige la norma antigua", marcas=(Marca("tachado", 5, 13),))

    assert leido(FormaNormal(), FormaNormal((nuevo,)))[-2:] == [
        "  agregado    {+Rige la norma antigua+}",
        "                «la norma» está tachado",
    ]


def test_en_json_lo_movido_figura_donde_estaba_y_donde_llego() -> None:
    antes = forma("T1 Objetivo / p Rige para todo el país. / T1 Alcance / p Todas las divisiones.")
    despues = forma("T1 Objetivo / T1 Alcance / p Todas las divisiones. / p Rige para todo el país.")

    cambios = [
        (s["seccion"], c["tipo"], c["desde"], c["hasta"])
        for s in secciones_a_dict(comparar(antes, despues))
        for c in s["cambios"]
    ]

    assert cambios == [
        ("1 Objetivo", "origen", "1 Objetivo", "2 Alcance"),
        ("2 Alcance", "movido", "1 Objetivo", "2 Alcance"),
    ]


def test_una_seccion_que_cambia_de_lugar_se_dice_una_vez() -> None:
    uno, dos = (
        "T1 Objetivo / p Rige para todo el país.",
        "T1 Alcance / p Todas las divisiones. / p Y las oficinas.",
    )

    leidas = leido(forma(f"{uno} / {dos}"), forma(f"{dos} / {uno}"))

    assert leidas == ["2 Objetivo (la sección cambió de lugar; antes: 1 Objetivo)"]


def test_una_seccion_que_cambia_de_nombre_no_es_otra() -> None:
    antes = forma("T1 Objetivo / p Uno. / T1 Terminología / p Taller: espacio de trabajo.")
    despues = forma("T1 Objetivo / p Uno. / T1 Definiciones / p Taller: espacio de trabajo.")

    assert leido(antes, despues) == [
        "2 Definiciones (antes: 2 Terminología)",
        "  modificado  [-Terminología-]{+Definiciones+}",
    ]


def test_secciones_nuevas_y_suprimidas() -> None:
    antes = forma("T1 Objetivo / p Uno dos tres. / T1 Glosario / p Algo que ya no está.")
    despues = forma("T1 Alcance / p Otra cosa distinta. / T1 Objetivo / p Uno dos tres.")

    nombres = [(s.nombre, s.tipo) for s in comparar(antes, despues).secciones]

    assert nombres == [("1 Alcance", "agregado"), ("2 Objetivo", "igual"), ("2 Glosario", "suprimido")]


TABLA = "Indicador|Meta;Cobertura|80%;Oportunidad|5 días"


@pytest.mark.parametrize(
    ("despues", "dice"),
    [
        ("Indicador|Meta;Cobertura|90%;Oportunidad|5 días", "fila 2, «Meta»: [-80-]{+90+}%"),
        ("Indicador|Meta;Cobertura|80%;Reclamos|2;Oportunidad|5 días", "fila 3 agregada: {+Reclamos | 2+}"),
        ("Indicador|Meta;Oportunidad|5 días", "fila 2 suprimida: [-Cobertura | 80%-]"),
        (
            "Indicador|Meta;Oportunidad|5 días;Cobertura|80%",
            "fila movida, de la 3 a la 2: Oportunidad | 5 días",
        ),
        ("Indicador|Meta|Plazo;Cobertura|80%|mensual;Oportunidad|5 días|anual", "columna agregada: «Plazo»"),
        ("Indicador;Cobertura;Oportunidad", "columna suprimida: «Meta»"),
        ("Meta|Indicador;80%|Cobertura;5 días|Oportunidad", "columna movida: «Meta»"),
    ],
)
def test_una_tabla_se_compara_por_filas_columnas_y_celdas(despues: str, dice: str) -> None:
    antes, nueva = forma(f"tabla {TABLA}"), forma(f"tabla {despues}")

    assert dice in " ".join(" ".join(leido(antes, nueva)).split())
    assert aplicar(antes, comparar(antes, nueva)) == nueva


def test_una_columna_agregada_no_da_por_cambiada_cada_fila() -> None:
    antes = forma(f"tabla {TABLA}")
    despues = forma("tabla Indicador|Meta|Plazo;Cobertura|80%|mensual;Oportunidad|6 días|anual")

    [seccion] = secciones_a_dict(comparar(antes, despues))
    celdas = [
        c for f in seccion["cambios"][0]["tabla"]["filas"] for c in f["celdas"] if c["tipo"] == "modificado"
    ]

    assert celdas == [{"tipo": "modificado", "columna": "«Meta»", "antes": "5 días", "despues": "6 días"}]


@pytest.mark.parametrize(
    ("antes", "despues", "frase"),
    [
        (
            Marca("enlace", 4, 9, "a.cl"),
            Marca("enlace", 4, 9, "b.cl"),
            "el enlace «norma» lleva ahora a b.cl; antes, a a.cl",
        ),
        (None, Marca("tachado", 4, 9), "«norma» ahora está tachado"),
        (Marca("oculto", 4, 9), None, "«norma» deja de estar oculto"),
        (None, Marca("suprimido", 4, 9), "«norma» ahora está marcado para suprimir, sin aceptar"),
        (
            Marca("nota", 4, 9, "1"),
            Marca("nota", 4, 9, "2"),
            "cambia la nota por dentro (enlaces o formato): norma",
        ),
        (Marca("enlace", 4, 9, "a.cl"), None, "«norma» deja de ser un enlace a a.cl"),
    ],
)
def test_lo_que_cambia_sin_que_cambie_una_palabra(
    antes: Marca | None, despues: Marca | None, frase: str
) -> None:
    viejo = Bloque(PARRAFO, texto="Una norma vigente", marcas=(antes,) if antes else ())
    nuevo = replace(viejo, marcas=(despues,) if despues else ())
    [paso] = comparar(FormaNormal((viejo,)), FormaNormal((nuevo,))).pasos

    assert otros_cambios(paso) == [frase]


def test_otra_imagen_con_el_mismo_texto_es_un_cambio() -> None:
    viejo = Bloque(PARRAFO, texto="Figura: [imagen: Mapa]", marcas=(Marca("imagen", 8, 22, "a1"),))
    nuevo = replace(viejo, marcas=(Marca("imagen", 8, 22, "b2"),))

    assert leido(FormaNormal((viejo,)), FormaNormal((nuevo,)))[-1].strip() == (
        "modificado  «Figura: [imagen: Mapa]»: la imagen es otra: [imagen: Mapa]"
    )


def test_el_encabezado_y_el_pie_se_comparan_y_se_dicen_como_secciones() -> None:
    antes = forma("p Igual.", encabezado="p Servicio de Oficios", pie="p Copia no controlada")
    despues = forma("p Igual.", encabezado="p Servicio de Talleres")

    assert leido(antes, despues) == [
        "Encabezado",
        "  modificado  Servicio de [-Oficios-]{+Talleres+}",
        "Pie de página",
        "  suprimido   [-Copia no controlada-]",
    ]
    assert [s["seccion"] for s in secciones_a_dict(comparar(antes, despues))] == [
        "Encabezado",
        "Pie de página",
    ]


def test_resumido_elide_lo_igual_y_completo_no() -> None:
    relleno = " ".join(f"palabra{n}" for n in range(30))
    antes, despues = forma(f"p {relleno} cinco días"), forma(f"p {relleno} diez días")

    assert "… palabra24" in leido(antes, despues, Forma())[-1] + leido(antes, despues, Forma())[-2]
    assert "palabra10" in " ".join(leido(antes, despues))


def test_el_color_solo_repite_lo_que_dicen_los_signos() -> None:
    antes, despues = forma("p en cinco días"), forma("p en diez días")
    informe = Informe(*LADO, comparar(antes, despues))
    con, sin = (informe_a_texto(informe, Forma(color=c)) for c in (True, False))

    assert "\x1b[31m[-cinco-]\x1b[0m" in con
    for codigo in ("\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"):
        con = con.replace(codigo, "")
    assert con == sin


def test_ninguna_linea_pasa_de_ochenta_columnas() -> None:
    largo = " ".join(["consectetur"] * 40)
    texto = informe_a_texto(Informe(*LADO, comparar(forma(f"p {largo}"), forma(f"p {largo} fin"))), Forma())

    assert max(map(len, texto.splitlines())) <= 80


def test_un_guion_de_otro_texto_no_se_aplica() -> None:
    with pytest.raises(ValueError, match="no corresponde"):
        texto_nuevo("otra cosa", (Trozo("igual", "una cosa"),))


def test_un_nombre_cambiado_en_seiscientos_parrafos_son_seiscientas_modificaciones() -> None:
    antes = bloques(
        " / ".join(f"p El programa {n} lo dirige la División de Fomento cada año." for n in range(600))
    )
    despues = tuple(replace(b, texto=b.texto.replace("Fomento", "Oficios")) for b in antes)

    c = comparar(FormaNormal(antes), FormaNormal(despues))

    assert c.cuenta() == {"agregado": 0, "suprimido": 0, "modificado": 600, "movido": 0}


def test_tablas_de_celdas_vacias_y_disparejas() -> None:
    antes, despues = FormaNormal((tabla("a||c;d"),)), FormaNormal((tabla("a||c;d;e|f"),))

    assert aplicar(antes, comparar(antes, despues)) == despues
