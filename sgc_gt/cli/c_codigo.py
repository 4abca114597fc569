"""`verificar --codigo` y `--archivo`: qué es el papel o el archivo que alguien trae."""

from __future__ import annotations

from pathlib import Path

from sgc_gt.cli import opciones as o
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.archivo_traido import (
    BORRADOR,
    CAMBIADO,
    DESCONOCIDO,
    EVIDENCIA,
    IDENTICO,
    MISMO_TEXTO,
    SOLO_CODIGO,
    Reconocido,
    reconocer_archivo,
)
from sgc_gt.consultas.codigo import documentos_con, en_breve, en_palabras, parecidos
from sgc_gt.dominio.codigo_impreso import escribir_codigo, leer_codigo
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.errores import UsoIncorrecto

NINGUNO = (
    "Ningún documento puesto en vigencia aquí tiene el código {codigo}: revise que esté bien copiado.\n"
    "{quizas}  Si lo está, muestre el papel a control documental y pida la versión vigente."
)
QUIZAS = (
    "  ¿Quiso decir {codigo}? Difiere {difiere}. Para saber de qué es: sgc-gt verificar --codigo {codigo}\n"
)
VARIOS = "Hay {cuantos} documentos cuyo código empieza por {codigo}: escríbalo entero para saber cuál es.\n"
RESULTADOS = {
    IDENTICO: "Es exactamente el archivo registrado, byte por byte ({detalle}).",
    BORRADOR: "Es un archivo de trabajo, byte por byte ({detalle}); no es lo que se emitió. Su versión, hoy:",
    EVIDENCIA: "Es exactamente una evidencia registrada ({detalle}) de este documento:",
    MISMO_TEXTO: "Dice lo mismo, letra por letra, que la versión registrada. Su archivo es otro: una copia "
    "con su marca, o guardada de nuevo.",
    CAMBIADO: "EL TEXTO NO ES EL REGISTRADO. Por dentro dice ser el documento que sigue, y alguien cambió "
    "lo que dice:",
    SOLO_CODIGO: "Este PDF no está registrado: si se hizo desde un Word, es una conversión y no se puede "
    "comparar byte por byte. Trae impreso el código {detalle}{ancla}. Es de:",
    DESCONOCIDO: "No es ningún archivo registrado aquí, ni dice lo mismo que alguno.",
}
AGREGADO = (
    "Trae adentro, entero, lo que se registró ({detalle}); después se le agregó algo: la marca de una "
    "copia, u otra firma."
)
DESPUES = {
    CAMBIADO: "Para ver qué cambió: sgc-gt comparar {codigo} {version} {archivo}",
    SOLO_CODIGO: "Que traiga el código no prueba que diga lo mismo: compárelo con el que entrega "
    "sgc-gt copia {codigo} --version {version} --pdf.",
}


def comprobar_papel(sesion: Sesion, codigo: str | None, archivo: Path | None) -> None:
    """Responde qué es el código tecleado, o el archivo; UsoIncorrecto si se piden los dos."""
    if codigo and archivo:
        raise UsoIncorrecto(
            "el código de un papel y un archivo se comprueban cada uno por su lado",
            esperado="--codigo, o --archivo",
        )
    if archivo:
        _comprobar_archivo(sesion, archivo)
    else:
        _comprobar_codigo(sesion, codigo or "")


def _comprobar_codigo(sesion: Sesion, texto: str) -> None:
    digitos = leer_codigo(texto)
    ctx = sesion.consulta
    vista = ctx.vista()
    hallados = documentos_con(vista, digitos, ctx.ahora(vista).date())
    escrito = escribir_codigo(digitos)
    distintos = len({d.verificacion for d in hallados})
    casi = [] if hallados else parecidos(vista, digitos)
    quizas = "".join(QUIZAS.format(codigo=p.verificacion, difiere=p.difiere) for p in casi)
    sesion.responder(
        {
            "codigo_verificacion": escrito,
            "documentos": [d.a_dict() for d in hallados],
            "parecidos": [p.verificacion for p in casi],
        },
        (VARIOS.format(cuantos=distintos, codigo=escrito) if distintos > 1 else "")
        + ("\n".join(map(en_palabras, hallados)) or NINGUNO.format(codigo=escrito, quizas=quizas)),
    )


def _comprobar_archivo(sesion: Sesion, ruta: Path) -> None:
    adjunto = o.leer_archivo(ruta)
    ctx = sesion.consulta
    vista = ctx.vista()
    es = reconocer_archivo(vista, adjunto.nombre, adjunto.contenido, ctx.ahora(vista).date())
    sesion.responder({"archivo": str(ruta), **es.a_dict()}, _en_palabras(es, ruta))


def _en_palabras(es: Reconocido, ruta: Path) -> str:
    decir = en_breve if es.resultado == CAMBIADO else en_palabras
    if es.dice_ser and (len(es.documentos) > 1 or es.dice_ser != es.documentos[0].version):
        return _otra_con_su_texto(es)
    cabeza = AGREGADO if es.agregado else RESULTADOS[es.resultado]
    lineas = [cabeza.format(detalle=es.detalle, ancla=_ancla(es)), *map(decir, es.documentos)]
    if es.resultado in DESPUES and es.documentos:
        d = es.documentos[0]
        lineas.append(DESPUES[es.resultado].format(codigo=d.codigo, version=d.version, archivo=ruta))
    elif es.resultado == DESCONOCIDO and es.detalle:
        lineas.append(
            f"Trae impreso el código {es.detalle}, que no es de ningún documento puesto en vigencia aquí."
        )
    return "\n".join(lineas)


def _ancla(es: Reconocido) -> str:
    if not es.ancla:
        return ""
    return f", y el ancla {es.ancla}, que {'es' if es.ancla_propia else 'NO ES'} de esta historia"


def _otra_con_su_texto(es: Reconocido) -> str:
    """Un archivo que dice ser una versión y cuyo texto es también el de otra: manda la que dice ser."""
    dicha = [d for d in es.documentos if d.version == es.dice_ser]
    otras = ", ".join(
        f"{d.version} ({ESTADOS[d.estado].lower()})" for d in es.documentos if d.version != es.dice_ser
    )
    if dicha:
        return f"{en_palabras(dicha[0])}\n  Su texto coincide con el de la versión {otras}; eso no lo cambia."
    return "\n".join(
        [
            f"NO LO TOME POR LA QUE SIGUE: por dentro dice ser la {es.dice_ser}, y esa dice otra cosa.",
            f"  Su texto coincide, letra por letra, con el de la versión {otras}:",
            *(en_breve(d) for d in es.documentos),
        ]
    )
