"""Guardas de un registro archivado: qué se corrige, qué se suspende, qué se dispone y qué se sustrae.

Lo que no cumplió su retención, o la tiene suspendida, no se dispone. Se hace lo que el acto autorizó y nada
más; y lo que la historia guarda no se da por eliminado (ISO 9001:2008 4.2.4; dominio §2.7).
"""

from __future__ import annotations

from datetime import date

from sgc_gt.dominio import vida
from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.servicio import Serie
from sgc_gt.dominio.situacion import CORRIGE, RETIRA
from sgc_gt.dominio.textos import dice_algo


def corregir(caso: Caso) -> None:
    """Se corrige con otro registro o con una nota; nunca a sí mismo, ni en círculo, ni dos veces."""
    extra, codigo = caso.pedido.extra, caso.pedido.codigo
    otro = extra.get(vida.POR) or extra.get(CORRIGE)
    if otro == codigo:
        raise negar(caso, "un registro no se corrige a sí mismo", "otro registro, o una nota (--motivo)")
    dichos = ((m, clave) for m in _ficha(caso).actos for clave in (vida.POR, CORRIGE) if m.acto == "corregir")
    previo = next(((m, clave) for m, clave in dichos if otro and m.extra.get(clave) == otro), None)
    if previo:
        m, clave = previo
        raise negar(
            caso,
            f"{vida.DICHOS[clave].format(otro)}: así consta desde el {imprimir_fecha(m.fecha)}",
            "un registro posterior que no se haya nombrado",
            "deje una nota con --motivo, sin --por, si falta decir algo",
        )


def suspender(caso: Caso) -> None:
    """La suspensión dice por qué causa, y si tiene término, uno que no haya pasado."""
    causa = caso.pedido.extra.get(vida.CAUSA)
    if causa not in vida.CAUSAS:
        raise negar(
            caso,
            "falta decir por qué se suspende",
            ", ".join(f"{c} ({dicha})" for c, dicha in vida.CAUSAS.items()),
            "use --causa con una de ellas",
        )
    _hasta_posterior(caso, "la suspensión terminaría", "--hasta", obligada=False)


def proponer(caso: Caso) -> None:
    """Se propone disponer solo lo que cumplió su retención, con un destino."""
    serie, ficha = _serie(caso), _ficha(caso)
    p = caso.pedido
    if vida.conserva_siempre(serie):
        raise negar(
            caso,
            f"la serie {serie.codigo if serie else ''} dice «{serie.disposicion if serie else ''}»: lo suyo "
            "no se dispone",
            "una serie con transferencia o eliminación como disposición final",
            "si corresponde otra, cámbiela en el catálogo de series",
        )
    fin = vida.vence(serie, ficha)
    if fin is None:
        raise negar(
            caso,
            "su serie no dice cuánto tiempo se conserva: no se sabe cuándo cumple",
            "una serie con tiempo de retención",
            "defina la retención en el catálogo de series",
        )
    if p.fecha <= fin:
        base = "por su prórroga" if fin == vida.prorrogado_hasta(ficha) else _fundamento(serie)
        raise negar(
            caso,
            f"se conserva hasta el {imprimir_fecha(fin)} ({base})",
            f"una fecha posterior al {imprimir_fecha(fin)}",
            "espere a que cumpla su retención; cumplirla no borra nada",
        )
    if p.extra.get(vida.DESTINO) not in vida.DESTINOS or not dice_algo(str(p.extra.get(vida.PROPUESTA, ""))):
        raise negar(
            caso,
            "falta decir qué se propone hacer con el registro",
            ", ".join(vida.DESTINOS),
            "use --destino con una de ellas",
        )
    if p.extra[vida.DESTINO] == vida.ELIMINACION:
        _no_es_de_la_historia(caso)


def disponer(caso: Caso) -> None:
    """Se hace lo que se autorizó, con su acta o su recibo, y se nombran los archivos que dejan de estar."""
    p, ficha = caso.pedido, _ficha(caso)
    resultado = str(p.extra.get(vida.RESULTADO, ""))
    abierta = vida.curso(ficha)
    destino = str(abierta.propuesta.extra[vida.DESTINO]) if abierta else ""
    if vida.RESULTADOS.get(resultado) != destino:
        debido = next((r for r, d in vida.RESULTADOS.items() if d == destino), "")
        raise negar(
            caso,
            f"lo autorizado fue {vida.DESTINOS.get(destino, 'otra cosa')}, no «{resultado or 'nada'}»",
            f"--resultado {debido}",
            "registre lo autorizado, o desista y proponga de nuevo",
        )
    if resultado == vida.ELIMINADO:
        _no_es_de_la_historia(caso)
    _prueba_del_resultado(caso, resultado)
    _exigir_retiro(caso, ficha, {e.archivo for m in ficha.actos[:1] for e in vida.piezas(m)})


def prorrogar(caso: Caso) -> None:
    """La prórroga dice hasta cuándo."""
    _hasta_posterior(caso, "la prórroga terminaría", "--prorroga", obligada=True)


def sustraer(caso: Caso) -> None:
    """Se sustrae un archivo guardado aquí, por su nombre y una sola vez; si la retención corre."""
    ficha = _ficha(caso)
    detenida = vida.suspension(ficha)
    if detenida:
        raise negar(
            caso,
            f"{vida.en_que_suspension(detenida)}: mientras dure, ninguno de sus archivos se va",
            "un registro con la retención en curso",
            "reanúdela primero si corresponde, con: sgc-gt reanudar",
        )
    if not caso.pedido.extra.get(RETIRA):
        ya_no_esta = vida.sin_el(ficha)
        raise negar(
            caso,
            f"el archivo del registro ya no está: {ya_no_esta}"
            if ya_no_esta
            else "no se dice qué archivo se sustrae",
            ", ".join(_presentes(ficha)) or "un documento que guarde archivos aparte",
            "use --archivo con el nombre de uno de ellos",
        )
    _exigir_retiro(caso, ficha, set())


def _exigir_retiro(caso: Caso, ficha: Ficha, obligados: set[str]) -> None:
    """Cada archivo que se retira es de la ficha y sigue aquí; los obligados no se omiten ni se adjuntan."""
    nombres = set(caso.pedido.extra.get(RETIRA, ()))
    ajenos = sorted(nombres - set(_presentes(ficha)))
    if ajenos:
        raise negar(
            caso,
            f"«{ajenos[0]}» no es un archivo que se guarde aquí",
            ", ".join(_presentes(ficha)) or "ninguno queda",
            "lo que está en la historia (un Word, sus datos) no se puede sustraer: la historia no olvida",
        )
    omitidos = sorted(obligados & set(_presentes(ficha)) - nombres)
    if omitidos:
        raise negar(caso, f"falta nombrar el archivo del registro, «{omitidos[0]}»", hacer="repita la orden")
    se_van = {e.sha256: e.archivo for m in ficha.actos for e in vida.piezas(m) if e.archivo in nombres}
    mismo = next((e for e in caso.pedido.evidencia if e.sha256 in se_van), None)
    if mismo:
        raise negar(
            caso,
            f"el adjunto es el mismo archivo que se retira, «{se_van[mismo.sha256]}»: quedaría guardado aquí",
            "el acto que lo ordena, el acta o el recibo",
            "adjunte ese documento con --adjunto",
        )


def _presentes(ficha: Ficha) -> list[str]:
    ya = vida.retirados(ficha)
    return [e.archivo for m in ficha.actos for e in vida.piezas(m) if e.archivo not in ya]


def _prueba_del_resultado(caso: Caso, resultado: str) -> None:
    p = caso.pedido
    clase = "acta" if resultado == vida.ELIMINADO else "recibo"
    hay = any(e.clase == clase and e.sha256 for e in p.evidencia) or (
        clase == "acta" and dice_algo(str(p.extra.get(vida.ACTA, "")))
    )
    faltan = [] if hay else [_FALTA[clase]]
    exigidas = (vida.METODO, vida.RESPONSABLES) if clase == "acta" else (vida.RECIBE,)
    faltan += [_FALTA[c] for c in exigidas if not dice_algo(str(p.extra.get(c, "")))]
    if faltan:
        raise negar(
            caso,
            f"para dejarlo {resultado} falta {' y '.join(faltan)}",
            hacer="repita la orden con lo que falta",
        )


_FALTA = {
    "acta": "el acta de eliminación (--adjunto, o --acta con el código de la que se archivó aquí)",
    "recibo": "el recibo de quien lo recibió (--adjunto)",
    vida.METODO: "el método (--metodo)",
    vida.RESPONSABLES: "quiénes lo hicieron (--responsables)",
    vida.RECIBE: "quién lo recibió (--recibe)",
}


def _no_es_de_la_historia(caso: Caso) -> None:
    """Un registro que siguió un circuito tiene su texto en la historia: no se puede decir que se eliminó."""
    if caso.version and caso.version.emision:
        raise negar(
            caso,
            "su texto es parte de la historia del servicio, que no olvida: no se puede eliminar de verdad",
            "un registro archivado con su archivo, o que vive en otro lugar",
            "propóngalo para transferencia (--destino transferencia), o prorrogue su retención",
        )


def _hasta_posterior(caso: Caso, que: str, opcion: str, *, obligada: bool) -> None:
    dicha, p = caso.pedido.extra.get(vida.HASTA), caso.pedido
    if not dicha and obligada:
        raise negar(caso, "falta decir hasta cuándo", "una fecha posterior a la del acto", f"use {opcion}")
    if dicha and date.fromisoformat(str(dicha)) <= p.fecha:
        raise negar(
            caso,
            f"{que} el {imprimir_fecha(date.fromisoformat(str(dicha)))}, que ya pasó",
            f"una fecha posterior al {imprimir_fecha(p.fecha)}",
            f"revise la fecha ({opcion})",
        )


def _fundamento(serie: Serie | None) -> str:
    """De dónde sale el plazo: los años de la serie y su base legal, si la dice."""
    anios = serie.retencion_anios if serie else None
    plazo = "1 año" if anios == 1 else f"{anios} años"
    base = f"; {serie.base_legal}" if serie and serie.base_legal else ""
    return f"{plazo} desde el cierre de su año{base}"


def _serie(caso: Caso) -> Serie | None:
    return caso.servicio.series.get(caso.pedido.codigo.split("/", maxsplit=1)[0])


def _ficha(caso: Caso) -> Ficha:
    if caso.ficha is None:
        raise negar(caso, "no hay nada registrado con ese código")
    return caso.ficha
